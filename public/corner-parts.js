// What the staff corner is made of: elements, sentences, and numbers as each language writes them.

/** An element with attributes and listeners: `el("button", { type: "button", onclick }, "text")`. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

export const button = (text, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, text);

/** A sentence with its gaps filled: `{n}`. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);

const SECOND = 1_000;
const UNITS = [
  ["day", 86_400 * SECOND],
  ["hour", 3_600 * SECOND],
  ["minute", 60 * SECOND],
  ["second", SECOND],
];
/** The largest unit of which there are two. */
const unit = (millis) => UNITS.find(([, length]) => Math.abs(millis) >= 2 * length) ?? UNITS.at(-1);

/** "3 minutes ago". */
export function ago(millis, lang) {
  const [name, length] = unit(millis);
  return new Intl.RelativeTimeFormat(lang).format(-Math.max(0, Math.floor(millis / length)), name);
}

/** "3 minutes". */
export function span(millis, lang) {
  const [name, length] = unit(millis);
  const how = { style: "unit", unit: name, unitDisplay: "long" };
  return new Intl.NumberFormat(lang, how).format(Math.round(Math.abs(millis) / length));
}

/** "1.5 MB". */
export function size(bytes, lang) {
  const [name, length] = bytes >= 1e9 ? ["gigabyte", 1e9] : ["megabyte", 1e6];
  const how = { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(lang, how).format(bytes / length);
}

/** When a response began: the first 48 bits of its id. */
export const born = (id) => parseInt(id.replaceAll("-", "").slice(0, 12), 16);
