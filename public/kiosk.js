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
const broken = (reason) => reason instanceof WebAssembly.RuntimeError && reloadWhenPossible();
addEventListener("error", (event) => broken(event.error));
addEventListener("unhandledrejection", (event) => broken(event.reason));

/** What staff see after their knock. Where it cannot be loaded they knock again. */
async function openCorner() {
  try {
    const corner = await import("{{corner.js}}");
    await corner.open();
  } catch (reason) {
    console.warn("the staff corner could not be opened", reason);
  }
}

let client;
try {
  client = await import("{{client.js}}");
  await client.default({ module_or_path: "{{client.wasm}}" });
  client.start_kiosk(openCorner);
} catch (reason) {
  client = null;
  console.warn("the kiosk could not be loaded", reason);
  document.getElementById("loading")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  reloadWhenPossible();
}

// Only now: the first question comes before all this. Neither waits for the other: a browser may take its time.
import("{{awake.js}}")
  .then(({ keepAwake }) => keepAwake(client.battery))
  .catch((reason) => console.info("this page does not keep the screen lit", reason));
import("{{update.js}}")
  .then(({ keepUpToDate }) => keepUpToDate(client !== null, client?.is_free ?? (() => true)))
  .catch((reason) => console.info("this page does not keep itself up to date", reason));
