// The staff sheet: how the tablet is, and what staff can do about it.
import { ago, born, button, el, fill, size, span } from "{{corner-parts.js}}";

const LANGUAGES = { fi: "Suomi", sv: "Svenska", en: "English" };
/** The tablet's own words for what its memory did not do; what browsers say beside them is shown as it is. */
/** @type {Record<string, string>} */
const FAILURES = { QuotaExceededError: "failure_full", timeout: "failure_silent" };
/**
 * How the tablet is: what its program told, and what only the browser knows.
 * @typedef {{ kiosk: string, venue?: string, demo: boolean, outbox: number, unsaved: number, oldest?: string, rejected: Refused[],
 *   revoked: boolean, contact_at?: number, offset_ms?: number, memory: boolean, failure?: string, spoken?: string,
 *   version: string, persisted?: boolean, estimate?: { usage: number, quota: number }, battery?: Battery }} Facts
 * @typedef {{ reason: string, item?: { id?: string } }} Refused
 * @typedef {{ level: number, charging: boolean }} Battery
 * @typedef {Record<string, string>} Texts
 */

const AGAIN_MS = 5_000;
/** A clock that is off by less is right enough for everything. */
const RIGHT_MS = 2_000;

/**
 * Shows the sheet in an open corner, until it is closed.
 * @param {import("{{corner.js}}").Corner} corner
 */
export async function sheet(corner) {
  /** @param {string} command @returns {Promise<string>} */
  const run = (command) => corner.tablet.run(command);
  /** @type {Texts} */
  let say;
  /** @type {Facts} */
  let facts;
  let busy = false;
  const list = el("dl", { class: "sheet" });
  const refused = el("ul");
  const summary = el("summary");
  const refusedBox = el("details", { class: "refused" }, summary, refused);
  const note = el("p", { class: "corner-note", role: "status" });

  const read = async () => {
    facts = { ...JSON.parse(await run("facts")), ...(await ofTheBrowser()) };
    const focused = list.contains(document.activeElement);
    list.replaceChildren(...rows(facts, say, corner.lang, askForStorage));
    if (focused) list.querySelector("button")?.focus();
    refusedBox.hidden = facts.rejected.length === 0;
    summary.textContent = fill(say.refused_list, { n: facts.rejected.length });
    refused.replaceChildren(...facts.rejected.map((one) => refusal(one, say, corner.lang)));
  };
  const draw = async () => {
    say = corner.texts[corner.lang];
    corner.dialog.lang = corner.lang;
    await read();
    /** @param {string} text @param {() => Promise<void>} does @param {Record<string, any>} look */
    const act = (text, does, look = {}) => button(text, () => once(does), look);
    const languages = Object.entries(LANGUAGES).map(([lang, name]) =>
      button(name, () => speak(lang), { lang, "aria-pressed": String(lang === corner.lang) }),
    );
    corner.show(
      el(
        "header",
        {},
        el("h1", { id: "corner-title", tabindex: "-1" }, facts.kiosk ?? say.title),
        el("p", {}, facts.venue ?? ""),
        el("div", { class: "corner-langs", role: "group", "aria-label": say.language_of_sheet }, ...languages),
      ),
      list,
      refusedBox,
      note,
      el(
        "div",
        { class: "sheet-actions" },
        act(say.send, send, { class: "is-primary" }),
        act(say.export, exportAll),
        act(facts.demo ? say.demo_off : say.demo_on, demo),
        act(say.unpair, async () => unpair(), { class: "is-grave" }),
        button(say.close, corner.close),
      ),
    );
  };
  /** @param {string} lang */
  const speak = (lang) => {
    corner.lang = lang;
    note.textContent = "";
    return draw();
  };
  /** One thing at a time: a hand that taps twice means once. @param {() => Promise<void>} does */
  const once = async (does) => {
    if (busy) return;
    busy = true;
    try {
      await does();
    } finally {
      busy = false;
    }
  };

  async function askForStorage() {
    await navigator.storage?.persist?.();
    await read();
  }

  async function send() {
    note.textContent = say.sending;
    const { reached, before, after } = JSON.parse(await run("send"));
    await read();
    const values = { n: before - after, left: after };
    if (facts.revoked) note.textContent = fill(say.sent_revoked, values);
    else if (!reached && after === 0 && before > 0) note.textContent = fill(say.sent_all, values);
    else if (!reached) note.textContent = fill(after > 0 ? say.sent_unreachable : say.unreachable, values);
    else if (before === 0) note.textContent = say.sent_nothing;
    else note.textContent = fill(after === 0 ? say.sent_all : say.sent_some, values);
  }

  async function exportAll() {
    await read();
    const n = facts.outbox + facts.unsaved + facts.rejected.length;
    const text = n > 0 ? await run("export") : "";
    if (text === "") {
      note.textContent = say.export_nothing;
      return;
    }
    const file = fileName(facts.kiosk);
    note.textContent = (await handOver(text, file)) ? fill(say.exported, { n, file }) : say.export_cancelled;
  }

  async function demo() {
    await run(facts.demo ? "count" : "demo");
    await draw();
    note.textContent = facts.demo ? say.demo_started : say.demo_ended;
  }

  function unpair() {
    const waits = facts.outbox + facts.unsaved;
    const back = () => draw();
    const certain = async () => {
      // The last chance for what waits, until the tablet is paired again.
      if (waits > 0) {
        note.textContent = say.sending;
        await run("send");
      }
      if ((await run("unpair")) === "true") return location.reload();
      // What lives in this page alone would go with it.
      await read();
      unpair();
      note.textContent = facts.unsaved > 0 ? fill(say.unpair_unsaved, { n: facts.unsaved }) : say.unpair_failed;
    };
    note.textContent = "";
    corner.show(
      el("h1", { id: "corner-title", tabindex: "-1" }, say.unpair_title),
      el("p", { class: "corner-lead" }, waits > 0 ? fill(say.unpair_waits, { n: waits }) : say.unpair_nothing),
      note,
      el(
        "div",
        { class: "sheet-actions" },
        waits + facts.rejected.length > 0 ? button(say.unpair_export, () => once(exportAll), { class: "is-primary" }) : undefined,
        button(say.unpair, () => once(certain), { class: "is-grave" }),
        button(say.cancel, back),
      ),
    );
  }

  await draw();
  const again = setInterval(() => {
    if (!corner.dialog.open) clearInterval(again);
    else if (list.isConnected && !busy) read();
  }, AGAIN_MS);
}

/** What only the browser knows, where it tells. */
async function ofTheBrowser() {
  const asked = [navigator.storage?.persisted?.(), navigator.storage?.estimate?.(), navigator.getBattery?.()];
  const [persisted, estimate, battery] = (await Promise.allSettled(asked)).map((it) => (it.status === "fulfilled" ? it.value : undefined));
  return { persisted, estimate, battery };
}

/** @param {Facts} facts @param {Texts} say @param {string} lang @param {() => Promise<void>} askForStorage */
function rows(facts, say, lang, askForStorage) {
  const now = Date.now();
  const oldest = facts.oldest ? fill(say.waiting_oldest, { n: facts.outbox, ago: ago(now - born(facts.oldest), lang) }) : "0";
  /** @param {string} name @param {(string | Node)[]} value */
  const row = (name, ...value) => el("div", {}, el("dt", {}, name), el("dd", {}, ...value));
  const shown = [row(say.waiting, oldest)];
  if (facts.unsaved > 0) shown.push(row(say.only_here, String(facts.unsaved)));
  shown.push(
    row(say.refused, String(facts.rejected.length)),
    row(say.contact, facts.contact_at ? ago(now - facts.contact_at, lang) : say.contact_never),
    row(say.clock, clock(facts.offset_ms, say, lang)),
    row(say.storage, ...storage(facts, say, askForStorage)),
    row(say.space, facts.estimate?.quota ? `${size(facts.estimate.usage, lang)} / ${size(facts.estimate.quota, lang)}` : say.not_told),
    row(say.battery, battery(facts.battery, say, lang)),
    row(say.languages, facts.spoken ?? say.not_told),
    row(say.version, facts.version),
    row(say.kept_build, keptBuild(say)),
  );
  return shown;
}

/** Whether it starts without a network; `public/update.js` knows what is in the way. @param {Texts} say */
function keptBuild(say) {
  const { unkept } = document.documentElement.dataset;
  if (unkept) return say[`kept_build_${unkept}`];
  return navigator.serviceWorker?.controller ? say.storage_kept : say.kept_build_not_yet;
}

/**
 * The offset is the server's clock minus the tablet's.
 * @param {number | undefined} offset @param {Texts} say @param {string} lang
 */
function clock(offset, say, lang) {
  if (offset === undefined) return say.not_told;
  if (Math.abs(offset) < RIGHT_MS) return say.clock_right;
  return fill(offset < 0 ? say.clock_ahead : say.clock_behind, { time: span(offset, lang) });
}

/** @param {Facts} facts @param {Texts} say @param {() => Promise<void>} askForStorage */
function storage({ memory, failure, persisted }, say, askForStorage) {
  if (failure) return [fill(say[FAILURES[failure] ?? "failure_named"], { word: failure })];
  if (!memory) return [say.storage_broken];
  if (persisted === undefined) return [say.not_told];
  return persisted ? [say.storage_kept] : [say.storage_not_kept, " ", button(say.storage_ask, askForStorage)];
}

/** @param {Battery | undefined} battery @param {Texts} say @param {string} lang */
function battery(battery, say, lang) {
  if (!battery) return say.not_told;
  const level = new Intl.NumberFormat(lang, { style: "percent" }).format(battery.level);
  return battery.charging ? fill(say.battery_charging, { level }) : level;
}

/**
 * Why, and when it was given: never what was said. What follows the colon may quote it.
 * @param {Refused} refused @param {Texts} say @param {string} lang
 */
function refusal({ reason, item }, say, lang) {
  const [word] = String(reason).split(":");
  const when = item?.id ? ago(Date.now() - born(item.id), lang) : "?";
  return el("li", {}, `${when}: `, say[`reason_${word.replaceAll(" ", "_")}`] ?? word);
}

/** @param {string} kiosk */
function fileName(kiosk) {
  const place = kiosk.normalize("NFD").replace(/[^a-z0-9]+/gi, "-").toLowerCase();
  const now = new Date().toISOString().slice(0, 16).replace(/[:T]/g, "-");
  return `aplodi-outbox-${place}-${now}.json`;
}

/**
 * Saves a file, or hands it on where the device saves none: home-screen apps on an iPad. False where somebody thought
 * better of it.
 * @param {string} text @param {string} name
 */
async function handOver(text, name) {
  const file = new File([text], name, { type: "application/json" });
  if ("standalone" in navigator && navigator.canShare?.({ files: [file] })) {
    return navigator.share({ files: [file] }).then(
      () => true,
      () => false,
    );
  }
  const link = el("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}
