// Keeps the screen lit, where the browser has a wake lock, and tells the kiosk's program how the battery is, where the
// browser tells. Out here because every visitor's tablet would pay five times as much for the same in wasm.
//
// The lock goes whenever the page is hidden, and some tablets take it away when the battery runs low: so it is asked
// for again and again. A tablet that sleeps outside opening hours lets it go only while it runs on its battery: a
// device whose own screen goes off stops the page with it, and nothing would wake it for the audience. One that hangs
// on its charger keeps its dark screen lit and comes back by itself.

const LOOK_MS = 15_000;

/**
 * For as long as the page lives.
 * @param {(level: number, charging: boolean) => void} tellBattery
 */
export async function keepAwake(tellBattery) {
  const battery = await navigator.getBattery?.().catch(() => undefined);
  if (battery) {
    const tell = () => tellBattery(battery.level, battery.charging);
    battery.onlevelchange = tell;
    battery.onchargingchange = tell;
    tell();
  }
  /** @type {WakeLockSentinel | undefined} */
  let lock;
  const look = async () => {
    const saves = document.querySelector(".asleep") && battery?.charging === false;
    try {
      if (saves) await lock?.release();
      else if (!lock || lock.released) lock = await navigator.wakeLock?.request("screen");
    } catch {
      // Refused while the page is hidden or the battery low: asked again soon.
    }
  };
  addEventListener("visibilitychange", look);
  setInterval(look, LOOK_MS);
  await look();
}
