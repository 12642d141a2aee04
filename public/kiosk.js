// Starts the kiosk in its static shell. An own file, because the shell has no inline script.

const RETRY_MS = 15_000;

/** Whether a page that reloads will find its files: on the tablet, or on a server that is ours and no login page. */
async function canReload() {
  if (navigator.serviceWorker?.controller) return true;
  try {
    const answer = await fetch("/manifest.webmanifest", { method: "HEAD", cache: "no-store" });
    return answer.ok && (answer.headers.get("content-type") ?? "").startsWith("application/manifest+json");
  } catch {
    return false;
  }
}

/** Reloads as soon as that can succeed. */
async function reloadWhenPossible() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (await canReload()) {
      location.reload();
      return;
    }
  }
}

// A program that broke off leaves its drafts on the disk; the next start finishes them.
/** @param {unknown} reason */
const broken = (reason) => reason instanceof WebAssembly.RuntimeError && reloadWhenPossible();
addEventListener("error", (event) => broken(event.error));
addEventListener("unhandledrejection", (event) => broken(event.reason));

/** What staff see after the gesture. Where it cannot be loaded they try again. */
async function openCorner() {
  try {
    const corner = await import("{{corner.js}}");
    if (tablet) await corner.open(tablet);
  } catch (reason) {
    console.warn(reason);
  }
}

/** What staff see on a tablet that is not paired. Where it cannot be loaded it is tried again, for as long as it takes. */
async function openPairing() {
  // The program calls this while it is being started.
  await new Promise((resolve) => setTimeout(resolve));
  try {
    const { showPairing } = await import("{{pairing.js}}");
    if (tablet) await showPairing(tablet);
  } catch (reason) {
    console.warn(reason);
    setTimeout(openPairing, RETRY_MS);
  }
}

// Browsers give a tap up where the finger moves a little, or where another one rests on the glass. Here it is one tap
// where a finger is lifted from what it came down on, whatever the other fingers do.
const TARGETS = "button, label, a, .overlay, .asleep";
/** What each finger came down on. @type {Map<number, HTMLElement>} */
const held = new Map();
let pressed = -Infinity;
const SAME_TAP_MS = 500;
/** @param {EventTarget | null} target @returns {HTMLElement | null | undefined} */
const pressable = (target) => /** @type {Element | null} */ (target)?.closest(TARGETS);
const fingers = (/** @type {TouchEvent} */ event) => {
  for (const { identifier, target, clientX, clientY } of event.changedTouches) {
    const button = held.get(identifier);
    held.delete(identifier);
    if (event.type === "touchstart") {
      const begun = pressable(target);
      if (begun) held.set(identifier, begun);
      begun?.classList.add("is-down");
    } else if (button) {
      button.classList.remove("is-down");
      if (event.type === "touchcancel" || pressable(document.elementFromPoint(clientX, clientY)) !== button) continue;
      // Not once more by the browser itself, nor by a second finger on the same button.
      if (event.cancelable) event.preventDefault();
      pressed = event.timeStamp;
      for (const [other, on] of held) if (on === button) held.delete(other);
      button.click();
    }
  }
};
// A busy browser does not let itself be told, and makes a click of its own.
const again = (/** @type {Event} */ event) => event.isTrusted && event.timeStamp - pressed < SAME_TAP_MS && event.stopImmediatePropagation();
addEventListener("click", again, true);
for (const name of ["touchstart", "touchend", "touchcancel"]) addEventListener(name, /** @type {EventListener} */ (fingers));

// A token leaves the address at once, for a photograph of the screen must not hold it. What becomes of it the program knows.
const token = () => location.hash.split("#token=")[1];
addEventListener("hashchange", () => token() && location.reload());
if (token()) {
  try {
    sessionStorage.brought = token();
  } catch {
    // Nothing is kept here, and the pairing says so.
  }
  history.replaceState(null, "", location.pathname);
}

const root = document.documentElement;
/** Where this is missing nothing would stand where it belongs; iPadOS has it from 16 on. */
const canRun = CSS.supports("container-type: size");
/** @type {import("{{client.js}}").Tablet | undefined} */
let tablet;
try {
  if (!canRun) throw new Error("too old");
  const client = await import("{{client.js}}");
  await client.default({ module_or_path: "{{client.wasm}}" });
  tablet = client.start_kiosk(/** @type {HTMLElement} */ (document.getElementById("kiosk")), openCorner, openPairing);
} catch (reason) {
  console.warn(reason);
  document.getElementById("loading")?.setAttribute("hidden", "");
  document.getElementById(canRun ? "failed" : "old")?.removeAttribute("hidden");
  if (canRun) reloadWhenPossible();
}

// What staff ask from afar comes with the answer to a heartbeat.
const remote = () => import("{{remote.js}}").then(({ obey }) => tablet && obey(tablet)).catch(console.info);
new MutationObserver(() => root.dataset.beat?.includes("commands") && remote()).observe(root, { attributes: true });
try {
  if (localStorage.remote) remote();
} catch {
  // Nothing is kept here, and so no tablet was ever asked for anything.
}

// Only now: the first question comes before all this. Neither waits for the other: a browser may take its time.
import("{{awake.js}}")
  .then(({ keepAwake }) => tablet && keepAwake((level, charging) => tablet.battery(level, charging)))
  .catch(console.info);
import("{{update.js}}")
  .then(({ keepUpToDate }) => keepUpToDate(tablet !== undefined, () => tablet?.is_free() ?? true))
  .catch(console.info);
