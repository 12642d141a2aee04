// What the staff corner is made of: elements, sentences, and numbers as each language writes them.

/**
 * An element with attributes and listeners: `el("button", { type: "button", onclick }, "text")`.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name @param {Record<string, any>} attributes @param {(string | Node | undefined)[]} children
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flatMap((child) => child ?? []));
  return element;
}

/** Loads a sheet, and resolves once it is there. @param {string} href */
export function styled(href) {
  const style = el("link", { rel: "stylesheet", href });
  const loaded = new Promise((onload, onerror) => Object.assign(style, { onload, onerror }));
  document.head.append(style);
  return loaded;
}

/** @param {string} text @param {(event: Event) => unknown} onclick @param {Record<string, any>} attributes */
export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

/** A sentence with its gaps filled: `{n}`. @param {string} text @param {Record<string, any>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

const SECOND = 1_000;
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400 * SECOND],
  ["hour", 3_600 * SECOND],
  ["minute", 60 * SECOND],
  ["second", SECOND],
];
/** The largest unit of which there are two. @param {number} millis */
const unit = (millis) => UNITS.find(([, length]) => Math.abs(millis) >= 2 * length) ?? UNITS[UNITS.length - 1];

/** "3 minutes ago". @param {number} millis @param {string} lang */
export function ago(millis, lang) {
  const [name, length] = unit(millis);
  return new Intl.RelativeTimeFormat(lang).format(-Math.max(0, Math.floor(millis / length)), name);
}

/** "3 minutes". @param {number} millis @param {string} lang */
export function span(millis, lang) {
  const [name, length] = unit(millis);
  /** @type {Intl.NumberFormatOptions} */
  const how = { style: "unit", unit: name, unitDisplay: "long" };
  return new Intl.NumberFormat(lang, how).format(Math.round(Math.abs(millis) / length));
}

/** "1.5 MB". @param {number} bytes @param {string} lang */
export function size(bytes, lang) {
  const [name, length] = bytes >= 1e9 ? ["gigabyte", 1e9] : ["megabyte", 1e6];
  /** @type {Intl.NumberFormatOptions} */
  const how = { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(lang, how).format(bytes / length);
}

/** When a response began: the first 48 bits of its id. @param {string} id */
export const born = (id) => parseInt(id.replaceAll("-", "").slice(0, 12), 16);
