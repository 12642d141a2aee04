// Keeps the kiosk's files on the tablet, and brings the next build between two visitors.

const BUILD = document.getElementById("kiosk")?.dataset.build;
const MINUTE = 60_000;
const ASK_MS = 30 * MINUTE;
const LOOK_MS = 1_000;
/** Browsers round. */
const ENLARGED = 1.01;

/**
 * For as long as the page lives. Where there are no service workers (plain http, some private windows) the page works
 * as long as the server answers.
 * @param {boolean} runs whether this build has started
 * @param {() => boolean} isFree whether the page may go now: nobody is answering, and nothing would be lost
 */
export async function keepUpToDate(runs, isFree) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  // As long as this is held no worker forgets the files of this page.
  navigator.locks?.request(`aplodi-${BUILD}`, { mode: "shared" }, () => new Promise(() => {}));
  let isOld = false;
  const root = document.documentElement;
  let since = Infinity;
  // A worker that has just taken over says which build it brings, and one that cannot have its build whole says why.
  workers.addEventListener("message", ({ data }) => {
    if (!data.word) return void (isOld ||= data !== BUILD);
    // Not at once: where a server is just being renewed, it is over the next time.
    since = Math.min(since, performance.now());
    const lasts = performance.now() - since > MINUTE / 2;
    if (lasts) root.dataset.unkept = data.word;
    askAfter(lasts && registration?.active ? ASK_MS : MINUTE);
  });
  workers.startMessages();

  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  /** @param {boolean} again */
  const ask = async (again) => {
    try {
      // Each time anew: a first build that did not arrive whole takes its registration with it.
      registration = await workers.register("/sw.js", { scope: "/kiosk", updateViaCache: "none" });
      // A browser looks for a new build by itself where a page is opened.
      if (again && registration.active) await registration.update();
      // Whatever was in the way is so no more.
      if (registration.waiting || (registration.active && !registration.installing)) {
        since = Infinity;
        delete root.dataset.unkept;
      }
    } catch (reason) {
      console.info(reason);
    }
    askAfter(registration?.active ? ASK_MS : MINUTE);
  };
  let timer = 0;
  const askAfter = (/** @type {number} */ millis) => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(true), millis);
  };
  ask(false);
  setInterval(() => {
    // Staff at the open sheet are in the middle of something, too.
    if (!isFree() || document.querySelector("dialog")) return;
    if (runs && registration?.active) {
      runs = false;
      registration.active.postMessage(BUILD);
    }
    // Whoever comes next must not be greeted at the scale of whoever went.
    if ((visualViewport?.scale ?? 1) > ENLARGED) location.replace(location.pathname);
    else if (isOld) location.reload();
    else registration?.waiting?.postMessage("take over");
  }, LOOK_MS);
}
