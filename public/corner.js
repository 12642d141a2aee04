// The staff corner: a PIN pad, and behind it the staff sheet. Loaded when it is first opened (by five taps into the top left
// corner, or five times Escape), so that it weighs on no visitor. It knows nothing but what the kiosk's program tells
// it (`corner`, in `app/kiosk/src/corner/commands.rs`) and what the browser says of itself.
import { button, el, fill, styled } from "{{corner-parts.js}}";
import { isRight, shutFor } from "{{corner-pin.js}}";
import { sheet } from "{{corner-sheet.js}}";

const PAD_MS = 20_000;
const SHEET_MS = 120_000;
const DIGITS = 8;

let isOpen = false;
/** @type {Record<string, Record<string, string>>} */
let texts;

/**
 * @typedef {{ tablet: Tablet, dialog: HTMLDialogElement, lang: string, texts: Record<string, Record<string, string>>,
 *   show: (...parts: (string | Node)[]) => void, close: () => void }} Corner
 */
/** @typedef {import("{{client.js}}").Tablet} Tablet */

/**
 * Opens the pad, unless the corner is open already.
 * @param {Tablet} tablet
 */
export async function open(tablet) {
  if (isOpen) return;
  isOpen = true;
  try {
    texts ??= await load();
    show(tablet);
  } catch (reason) {
    isOpen = false;
    throw reason;
  }
}

async function load() {
  const [answer] = await Promise.all([fetch("{{corner.json}}"), styled("{{corner.css}}")]);
  return answer.json();
}

/** @param {Tablet} tablet */
function show(tablet) {
  const { lang, pin } = JSON.parse(tablet.pin_prompt());
  const dialog = el("dialog", { class: "corner", "aria-labelledby": "corner-title" });
  /** @type {Corner} */
  const corner = { tablet, dialog, lang, texts, show: (...parts) => fillDialog(dialog, parts), close: () => dialog.close() };
  let patience = PAD_MS;
  /** @type {number | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(corner.close, patience);
  };
  for (const touch of ["pointerdown", "keydown"]) dialog.addEventListener(touch, wait);
  dialog.addEventListener("close", () => {
    clearTimeout(timer);
    isOpen = false;
    dialog.remove();
  });
  document.body.append(dialog);
  pad(corner, pin, () => {
    patience = SHEET_MS;
    wait();
    sheet(corner);
  });
  dialog.showModal();
  wait();
}

/** @param {HTMLDialogElement} dialog @param {(string | Node)[]} parts */
function fillDialog(dialog, parts) {
  dialog.replaceChildren(...parts);
  // The focus follows what is shown; before the dialog opens there is nothing to focus.
  /** @type {HTMLElement | null} */ (dialog.querySelector("#corner-title"))?.focus();
}

/**
 * Large digits, masked, for whoever knows them.
 * @param {Corner} corner @param {Parameters<typeof isRight>[1] | undefined} pin @param {() => void} opened
 */
function pad(corner, pin, opened) {
  const say = texts[corner.lang];
  corner.dialog.lang = corner.lang;
  let typed = "";
  let busy = false;
  const dots = el("ol", { class: "pin-dots", "aria-hidden": "true" });
  const spoken = el("p", { class: "unseen", role: "status" });
  const note = el("p", { class: "corner-note", role: "status" });

  const draw = () => {
    dots.replaceChildren(...Array.from({ length: DIGITS }, (_, n) => el("li", { class: n < typed.length ? "is-past" : "" })));
    spoken.textContent = fill(say.pin_typed, { n: typed.length });
  };
  const shut = () => {
    const left = shutFor();
    if (left > 0) note.textContent = fill(say.pin_shut, { time: clock(left) });
    else if (note.dataset.shut) note.textContent = "";
    note.dataset.shut = left > 0 ? "yes" : "";
    return left > 0;
  };
  /** @param {string} digit */
  const type = (digit) => {
    if (busy || shut()) return;
    if (typed.length < DIGITS) typed += digit;
    note.textContent = "";
    draw();
  };
  const erase = () => {
    typed = typed.slice(0, -1);
    draw();
  };
  const enter = async () => {
    if (busy || typed === "" || shut()) return;
    busy = true;
    const right = await isRight(typed, /** @type {Parameters<typeof isRight>[1]} */ (pin));
    busy = right;
    typed = "";
    draw();
    if (right) {
      // A database that does not answer is waited for a while.
      note.textContent = say.pin_right;
      opened();
    } else if (!shut()) note.textContent = say.pin_wrong;
  };

  if (pin) {
    corner.dialog.addEventListener("keydown", (event) => {
      if (!dots.isConnected) return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === "Backspace") erase();
      // On a button Enter presses that button.
      else if (event.key === "Enter" && /** @type {Element} */ (event.target).localName !== "button") enter();
    });
    const ticking = setInterval(() => (dots.isConnected ? shut() : clearInterval(ticking)), 1_000);
  }
  const keys = [..."123456789"].map((digit) => button(digit, () => type(digit)));
  keys.push(
    button(say.pin_erase, erase, { class: "is-word" }),
    button("0", () => type("0")),
    button(say.pin_enter, enter, { class: "is-word is-primary" }),
  );
  corner.show(
    el("h1", { id: "corner-title", tabindex: "-1" }, say.pin_title),
    ...(pin ? [dots, spoken, note, el("div", { class: "pin" }, ...keys)] : [el("p", { class: "corner-note" }, say.pin_unknown)]),
    el("p", { class: "corner-hint" }, say.pin_hint),
    el("div", { class: "corner-end" }, button(say.cancel, corner.close)),
  );
  draw();
  shut();
}

/** "1:05". @param {number} millis */
function clock(millis) {
  const seconds = Math.ceil(millis / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
