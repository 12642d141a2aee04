// For staff: three words, large enough to be read across a foyer, and a code for a camera, until somebody has typed
// them. Loaded by a tablet that is not paired, so that it weighs on no visitor. The tablet's program
// (`app/kiosk/src/sync/pairing.rs`) makes and keeps the token, and goes on when it is told that the token opens something.
import { button, el, styled } from "{{corner-parts.js}}";

/** @typedef {import("{{client.js}}").Tablet} Tablet */
/** @typedef {{ id: string, words: string[], expires_at: number, server_now: number, address: string, qr: { side: number, path: string } }} Invitation */

/** The time between two questions to the server. */
const PAUSE_MS = 2_000;
const LOOK_MS = 500;
/** A request that takes longer has failed. */
const PATIENCE_MS = 15_000;

const SVG = "http://www.w3.org/2000/svg";
const WARNING = "M12 3 2.5 20.5h19zM12 10v5M12 18v.01";
const UNLOCKED = "M7 11h10q2 0 2 2v5.5q0 2-2 2H7q-2 0-2-2V13q0-2 2-2M8 11V8a4 4 0 0 1 7.5-2";
const TABLET = "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM12 16v.01";

/** @type {Record<string, Record<string, string>> | undefined} */
let texts;

/**
 * For as long as the element with the id `pairing` is on the page; the program takes it away when the tablet is paired,
 * and puts another one there for another language.
 * @param {Tablet} tablet
 */
export async function showPairing(tablet) {
  const paper = document.getElementById("pairing");
  if (!paper) return;
  const lang = document.documentElement.lang;
  texts ??= await load();
  if (!paper.isConnected) return;
  const say = texts[lang];
  const revoked = "revoked" in paper.dataset;
  let shown = "";
  /** @param {string} state @param {(string | Node)[]} [body] */
  const show = (state, body) => {
    if (state === shown) return;
    shown = state;
    draw(paper, say, lang, state, revoked, body);
    if (revoked) showKept(tablet, paper, say);
  };
  show(isSecureContext ? "asking" : "insecure");
  document.getElementById("q")?.focus();
  while (paper.isConnected && isSecureContext) {
    await seek(tablet, paper, say, lang, show).catch((reason) => console.info("no words", reason));
    await pause(PAUSE_MS);
  }
}

/**
 * A printed address was opened. Whatever opens it would be the tablet, so whoever stands here says it.
 * @param {Tablet} tablet @param {HTMLElement} paper @param {string} token @param {Record<string, string>} say
 * @param {(state: string, body?: (string | Node)[]) => void} show
 */
async function confirmTablet(tablet, paper, token, say, show) {
  const lead = (/** @type {string} */ text) => el("p", { class: "lead" }, text);
  /** @param {string} state @param {string} text @param {string} label @param {string} help */
  const tapped = (state, text, label, help) =>
    new Promise((resolve) =>
      show(state, [lead(text), button(label, resolve, { class: "button is-primary" }), lead(help)]),
    );
  // Asked once: whoever has tapped is not asked again because the network was away, nor in another language.
  if (tappedFor !== token) await tapped("brought", say.brought_lead, say.brought_yes, say.brought_help);
  if (!paper.isConnected) return;
  tappedFor = token;
  show("asking");
  const answer = await ask("claim", {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ device_sha256: await sha256(device()) }),
  });
  if (answer?.status === 204) await tablet.run(`welcome ${token}`);
  const refused = answer?.status === 409 ? "used" : answer?.status === 401 ? "unknown" : undefined;
  if (!refused) return;
  await tapped(refused, say[`${refused}_lead`], say.go_on, say.used_help);
  await tablet.run("leave");
}

/** The token that somebody here has tapped for. */
let tappedFor = "";
/** For a browser that keeps nothing. */
let made = "";

/** A number that this device has made, so that who asks again is known. */
function device() {
  made ||= Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    localStorage.device ??= made;
    return String(localStorage.device);
  } catch {
    return made;
  }
}

/** @returns {Promise<Record<string, Record<string, string>>>} */
async function load() {
  const [answer] = await Promise.all([fetch("{{kiosk_pairing.json}}"), styled("{{pairing.css}}")]);
  return answer.json();
}

/**
 * One set of words, from the question to their end.
 * @param {Tablet} tablet @param {HTMLElement} paper @param {Record<string, string>} say @param {string} lang
 * @param {(state: string, body?: (string | Node)[]) => void} show
 */
async function seek(tablet, paper, say, lang, show) {
  const [state, token] = String(await tablet.run("invite")).split(" ");
  if (state === "paired") return;
  if (state === "unkept") return show("unkept");
  if (state === "brought") return confirmTablet(tablet, paper, token, say, show);
  const request = { token_sha256: await sha256(token), lang };
  const answer = await ask("pairings", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  if (answer?.status === 429) return show("crowded");
  /** @type {Invitation | undefined} */
  const invitation = await read(answer, isInvitation);
  if (!invitation) return show("asking");
  const until = performance.now() + (invitation.expires_at - invitation.server_now);
  const left = el("span", { class: "left" });
  const count = () => (left.textContent = clock(Math.max(0, until - performance.now())));
  count();
  show(`words ${invitation.id}`, words(invitation, say, lang, left));
  let asked = performance.now();
  while (paper.isConnected && performance.now() < until) {
    await pause(LOOK_MS);
    count();
    if (performance.now() - asked < PAUSE_MS) continue;
    asked = performance.now();
    const reply = await ask(`pairings/${invitation.id}`, { headers: { authorization: `Bearer ${token}` } });
    if (await read(reply, isWelcome)) {
      await tablet.run(`welcome ${token}`);
      return;
    }
    // Used or too old, or the server has forgotten: the next words come with the next round.
    if (reply?.status === 404 || reply?.status === 410) return;
  }
}

/**
 * @param {HTMLElement} paper @param {Record<string, string>} say @param {string} lang @param {string} state
 * @param {boolean} revoked @param {(string | Node)[]} [body]
 */
function draw(paper, say, lang, state, revoked, body) {
  const [title, path] = /** @type {Record<string, [string, string]>} */ ({
    asking: [say.asking_title, TABLET],
    brought: [say.brought_title, TABLET],
    used: [say.used_title, WARNING],
    unknown: [say.unknown_title, WARNING],
    crowded: [say.crowded_title, TABLET],
    unkept: [say.unkept_title, WARNING],
    insecure: [say.insecure_title, UNLOCKED],
  })[state] ?? [revoked ? say.revoked_title : say.title, ""];
  const lead = (/** @type {(string | Node)[]} */ ...text) => el("p", { class: "lead" }, ...text);
  const exactly = (/** @type {string} */ text) => el("code", {}, text);
  const leads = {
    asking: [lead(say.asking), lead(say.asking_help)],
    crowded: [lead(say.crowded_lead), lead(say.crowded_help)],
    unkept: [lead(say.unkept_lead), lead(say.unkept_help)],
    insecure: [
      lead(`${say.insecure_lead_before} `, exactly("https://"), `. ${say.insecure_lead_after}`),
      lead(`${say.insecure_open} `, exactly(`https://${location.host}/kiosk`)),
    ],
  };
  const parts = body ?? leads[/** @type {keyof leads} */ (state)];
  paper.replaceChildren(
    el(
      "section",
      { class: "scene is-still notice pairing", "aria-labelledby": "q" },
      ...(path ? [drawing({ class: "sign icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, path)] : []),
      el("h1", { class: "question is-long", id: "q", tabindex: "-1" }, title),
      ...parts,
      // Where `public/update.js` says so.
      el("p", { class: "lead is-altered" }, say.altered),
      el("p", { class: "lead is-too-old" }, say.browser_too_old),
      el("p", { class: "promise kept" }),
      el("p", { class: "promise" }, el("a", { href: `/kiosk/help?lang=${lang}`, onclick: replace }, say.guide)),
    ),
  );
}

/** A swipe must not lead visitors back to what staff have looked at. @param {Event} event */
function replace(event) {
  event.preventDefault();
  location.replace(/** @type {HTMLAnchorElement} */ (event.currentTarget).href);
}

/** @param {Invitation} invitation @param {Record<string, string>} say @param {string} lang @param {Node} left */
function words({ words, address, qr }, say, lang, left) {
  // As people type it.
  const place = address.replace(/^\w+:\/\//, "");
  const label = { class: "qr", viewBox: `0 0 ${qr.side} ${qr.side}`, "shape-rendering": "crispEdges", role: "img" };
  return [
    el("p", { class: "lead" }, `${say.open} `, el("code", {}, place), ` ${say.type_words}`),
    el(
      "div",
      { class: "pair" },
      el("ol", { class: "words", lang }, ...words.map((word) => el("li", {}, word))),
      drawing({ ...label, "aria-label": say.code }, qr.path),
    ),
    el("p", { class: "promise" }, `${say.left} `, left),
  ];
}

/**
 * How many answers wait here, for staff who read that the tablet is not paired any more.
 * @param {Tablet} tablet @param {HTMLElement} paper @param {Record<string, string>} say
 */
async function showKept(tablet, paper, say) {
  const { outbox } = JSON.parse(await tablet.run("facts"));
  const kept = paper.querySelector(".kept");
  if (kept && outbox > 0) kept.textContent = `${say.revoked_kept} ${outbox}`;
}

/** @param {Record<string, string>} attributes @param {string} path */
function drawing(attributes, path) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return fetch(`/api/v1/kiosk/${path}`, { ...init, signal }).catch(() => undefined);
}

/**
 * The expected body: a hotel's login page says 200 as well.
 * @param {Response | undefined} answer @param {(body: any) => boolean} isExpected
 */
async function read(answer, isExpected) {
  if (answer?.status !== 200) return undefined;
  const body = await answer.json().catch(() => undefined);
  return typeof body === "object" && body && isExpected(body) ? body : undefined;
}

/** @param {any} body */
function isInvitation({ id, words, expires_at, server_now, address, qr }) {
  const numbers = [expires_at, server_now, qr?.side];
  const texts = [id, address, qr?.path];
  return Array.isArray(words) && numbers.every(Number.isFinite) && texts.every((text) => typeof text === "string");
}

/** @param {any} body */
const isWelcome = (body) => "kiosk" in body;

/** @param {string} text */
async function sha256(text) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {number} millis */
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * "9:05".
 * @param {number} millis
 */
function clock(millis) {
  const seconds = Math.floor(millis / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
