// The screen on the stage asks again by itself, so that it wakes when answers are taken and rests afterwards. Where the network is away
// it goes on showing what it shows. The display stays lit while there is a code on it, where the browser has a wake lock.

const LOOK_MS = 15_000;

/** @type {WakeLockSentinel | undefined} */
let lock;

async function keepLit() {
  try {
    if (!document.querySelector(".is-awake")) await lock?.release();
    else if (!lock || lock.released) lock = await navigator.wakeLock?.request("screen");
  } catch {
    // Refused while the page is hidden: asked again soon.
  }
}

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [shown, fresh] = [document.querySelector("main"), page.querySelector("main")];
    if (!shown || !fresh) return;
    // Another build or another look has style sheets of other names.
    if (document.head.innerHTML !== page.head.innerHTML) location.reload();
    else if (shown.outerHTML !== fresh.outerHTML) shown.replaceWith(fresh);
  } catch {
    // The network is away.
  }
  await keepLit();
}

addEventListener("visibilitychange", keepLit);
setInterval(look, LOOK_MS);
await keepLit();
