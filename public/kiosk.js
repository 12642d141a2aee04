// Starts the kiosk in its static shell. An own file, because the shell has no inline script.

const RETRY_MS = 15_000;
const wasm = "{{client.wasm}}";

/** Whether the server hands out the program: a page that reloads without it would leave a dead screen. */
async function serverAnswers() {
  try {
    const answer = await fetch(wasm, { method: "HEAD", cache: "no-store" });
    return answer.ok && (answer.headers.get("content-type") ?? "").startsWith("application/wasm");
  } catch {
    return false;
  }
}

/** Reloads as soon as that can succeed. */
async function reloadWhenPossible() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    if (await serverAnswers()) {
      location.reload();
      return;
    }
  }
}

// A program that broke off leaves its drafts on the disk; the next start finishes them.
const broken = (reason) => reason instanceof WebAssembly.RuntimeError && reloadWhenPossible();
addEventListener("error", (event) => broken(event.error));
addEventListener("unhandledrejection", (event) => broken(event.reason));

try {
  const client = await import("{{client.js}}");
  await client.default({ module_or_path: wasm });
  client.start_kiosk();
} catch (reason) {
  console.warn("the kiosk could not be loaded", reason);
  document.getElementById("loading")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  reloadWhenPossible();
}
