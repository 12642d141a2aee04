// Keeps the kiosk's files on the tablet, so that it starts without a network.
//
// - One cache holds one build: all of its files, each of them checked, or nothing.
// - A new build waits until a page says that nobody is answering.
// - Other builds are forgotten once this one has run, and only where no page still runs them.
//
// What is asked of the API never passes through here.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const BUILD = "{{build.id}}";
/**
 * Address -> content type and SHA-256. All but the shell have a hash in their address.
 * @type {Record<string, [string, string]>}
 */
const FILES = {{build.files}};

const SHELL = "/kiosk";
/** For whoever puts the tablet up. The server draws it with its own address in it, so it is no part of a build. */
const GUIDE = "/kiosk/help";
const GUIDE_PARTS = ["{{help.css}}", "{{help.js}}"];
const GUIDE_LANGUAGES = ["fi", "sv", "en"];
/** Then the copy is shown. */
const GUIDE_MS = 4_000;
const CACHES = "aplodi-";
const CACHE = CACHES + BUILD;

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));

worker.addEventListener("message", (event) => {
  if (event.data === "take over") worker.skipWaiting();
  // A page of another build proves nothing about this one.
  if (event.data === BUILD) event.waitUntil(hasRun());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === SHELL) event.respondWith(kept(SHELL, { cacheName: CACHE }, request));
    if (pathname === GUIDE) event.respondWith(guide(request));
  } else if (pathname.startsWith("/assets/")) {
    // Also from another build's cache: a page may outlive its worker, and no address means two things.
    event.respondWith(kept(request.url, {}, request));
  }
});

/** What a cache has, else what the server has. @param {string} address @param {MultiCacheQueryOptions} where @param {Request} request */
async function kept(address, where, request) {
  return (await caches.match(address, { ...where, ignoreVary: true })) ?? fetch(request);
}

async function install() {
  try {
    await fill();
  } catch (reason) {
    // Half a build is worth nothing; the build before it stays as it is.
    await caches.delete(CACHE);
    // Why, where it will be no better the next time: the pages tell staff.
    const word = /** @type {any} */ (reason).word;
    if (word) for (const page of await worker.clients.matchAll({ includeUncontrolled: true })) page.postMessage({ word });
    throw reason;
  }
}

async function activate() {
  await worker.clients.claim();
  // Who runs another build knows by this that a better one is there.
  for (const page of await worker.clients.matchAll()) page.postMessage(BUILD);
}

async function hasRun() {
  // The browser may have lost a file; without all of them the others are not to go.
  await fill();
  await forgetOthers();
  // What fails now is tried again by the next page.
  await keepGuide().catch(() => {});
}

/** Brings every file that is missing. Nothing is kept before all are there. */
async function fill() {
  const cache = await caches.open(CACHE);
  /** @param {string} address @returns {Promise<[string, Response] | null>} */
  const bring = async (address) => {
    const there = await cache.match(address, { ignoreVary: true });
    return there ? null : [address, await fetchWhole(address)];
  };
  const brought = await Promise.all(Object.keys(FILES).map(bring));
  // What this browser is too old for must not take the place of what it runs.
  for (const file of brought) if (file?.[0].endsWith(".wasm")) await compiles(file[1].clone());
  for (const file of brought) if (file) await cache.put(file[0], file[1]);
}

/** @param {Response} program */
async function compiles(program) {
  const bytes = await program.arrayBuffer();
  await WebAssembly.compile(bytes).catch((reason) => {
    throw Object.assign(reason, { word: "browser_too_old" });
  });
}

/** A file exactly as it was built: a login page, a cut-off download or another build's file is none. @param {string} address */
async function fetchWhole(address) {
  // The page has just loaded what has a hash in its name, so the browser has it.
  const caching = address === SHELL ? "no-cache" : "default";
  return fetchOnce(address, caching).catch(() => fetchOnce(address, "reload"));
}

/** @param {string} address @param {RequestCache} caching */
async function fetchOnce(address, caching) {
  const [type, sha256] = FILES[address];
  const answer = await fetch(address, { cache: caching, redirect: "error" });
  const kept = answer.clone();
  if (answer.status !== 200 || !(answer.headers.get("content-type") ?? "").startsWith(type)) {
    throw new Error(`${address}: ${answer.status} ${answer.headers.get("content-type")}`);
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  if ([...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== sha256) {
    throw Object.assign(new Error(`${address} is not what was built`), { word: "altered" });
  }
  return kept;
}

/** The guide as the server has it, else as it was kept, in another language rather than not at all. @param {Request} request */
async function guide(request) {
  const answer = await fetchGuide(request.url).catch(() => undefined);
  if (answer?.ok) return answer;
  /** @param {MultiCacheQueryOptions} [how] */
  const copy = (how) => caches.match(request.url, { cacheName: CACHE, ignoreVary: true, ...how });
  return (await copy()) ?? (await copy({ ignoreSearch: true })) ?? answer ?? fetch(request);
}

/** @param {string} address */
const fetchGuide = (address) => fetch(address, { redirect: "error", signal: AbortSignal.timeout(GUIDE_MS) });

/** Keeps a copy for a place without a network. A login page is none: it does not wear what ours does. */
async function keepGuide() {
  const cache = await caches.open(CACHE);
  for (const lang of GUIDE_LANGUAGES) {
    const address = `${GUIDE}?lang=${lang}`;
    const answer = await fetchGuide(address);
    const page = await answer.clone().text();
    if (answer.ok && GUIDE_PARTS.every((part) => page.includes(part))) await cache.put(address, answer);
  }
}

async function forgetOthers() {
  // In this order: a build that begins to install later is not among these names.
  const others = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHE);
  const { installing, waiting } = worker.registration;
  if (installing || waiting || worker.serviceWorker?.state === "redundant") return;
  const locks = await navigator.locks?.query();
  /** @param {string} name */
  const isRunning = (name) => locks?.held?.some((lock) => lock.name === name);
  for (const name of others) if (!isRunning(name)) await caches.delete(name);
}
