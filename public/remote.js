// What staff ask of the tablet from afar: loaded when the first of it comes, and by a tablet that was asked before. It comes
// with the answer to a heartbeat (`data-beat`); what is done, the next heartbeat says (`data-done`).
import { el, styled } from "{{corner-parts.js}}";

/** @typedef {import("{{client.js}}").Tablet} Tablet */
/** @typedef {{ lang: string, text: string }[]} Words */
/**
 * `number` is higher than of any earlier one; `until` is when it is of no use any more, by the server's clock.
 * @typedef {{ number: number, what: string, words?: Words, until: number }} Command
 */

const NOTE = "remote";
const LOOK_MS = 500;
const root = document.documentElement;
const kiosk = /** @type {HTMLElement} */ (document.getElementById("kiosk"));

/** What a reload must not forget; `until` by the device's clock. @type {{ done: number, pause?: { words: Words, until: number } }} */
let note = { done: 0 };
/** @type {Command[]} */
let waiting = [];
/** @type {HTMLElement | undefined} */
let curtain;
let begun = false;
let busy = false;
/** Server clock minus device clock. */
let offset = 0;

/** Takes what the last heartbeat brought. @param {Tablet} tablet */
export async function obey(tablet) {
  if (!begun) begin(tablet);
  if (!root.dataset.beat) return;
  const { server_now, commands = [] } = JSON.parse(root.dataset.beat);
  offset = server_now - Date.now();
  waiting = commands;
}

/** @param {Tablet} tablet */
function begin(tablet) {
  begun = true;
  try {
    note = { ...note, ...JSON.parse(localStorage[NOTE] ?? "{}") };
  } catch {
    // Forbidden or unreadable: what this page remembers counts.
  }
  root.dataset.done = String(note.done);
  setInterval(() => look(tablet), LOOK_MS);
  look(tablet);
}

function remember() {
  root.dataset.done = String(note.done);
  try {
    localStorage[NOTE] = JSON.stringify(note);
  } catch {
    // As above.
  }
}

/** @param {Tablet} tablet */
async function look(tablet) {
  if (note.pause && Date.now() >= note.pause.until) {
    delete note.pause;
    remember();
  }
  if (note.pause && !curtain) draw(note.pause.words);
  if (!note.pause) lift();
  waiting = waiting.filter(({ number }) => number > note.done);
  // Nobody is cut off: the next visitor is greeted so.
  if (busy || waiting.length === 0 || !(curtain || tablet.is_free())) return;
  busy = true;
  try {
    await execute(tablet, /** @type {Command} */ (waiting.shift()));
  } finally {
    busy = false;
  }
}

/** @param {Tablet} tablet @param {Command} command */
async function execute(tablet, { number, what, words = [], until }) {
  if (what === "pause") {
    note.pause = { words, until: until - offset };
    lift();
  } else if (what === "resume") delete note.pause;
  // The configuration is asked for anew, and says what is on.
  else if (what === "next_event") await tablet.run("send");
  else if (what === "end_demo") await tablet.run("count");
  note.done = number;
  remember();
  if (what === "reload") location.reload();
  else await look(tablet);
}

/** What visitors see of a pause, in each language. @param {Words} words */
function draw(words) {
  styled("{{remote.css}}").catch((reason) => console.info("the pause has no style", reason));
  const texts = words.map(({ lang, text }, place) => el(place ? "p" : "h1", { lang, dir: "auto", class: "lead" }, text));
  curtain = el("div", { class: "kiosk remote", role: "status" }, el("section", { class: "dark" }, ...texts));
  kiosk.inert = true;
  document.body.append(curtain);
}

function lift() {
  curtain?.remove();
  curtain = undefined;
  kiosk.inert = false;
}
