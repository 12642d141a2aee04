// The PIN of the staff corner, checked on the tablet, so that it opens without a network too. After five wrong ones it
// stays shut for a minute, after five more for two, then four, up to an hour; a reload does not help.

const NOTE = "aplodi-corner";
const TRIES = 5;
const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

// Where the browser keeps nothing, at least as long as the page lives.
let note = { wrong: 0, until: 0 };

function remembered() {
  try {
    note = { ...note, ...JSON.parse(localStorage.getItem(NOTE) ?? "{}") };
  } catch {
    // Forbidden or unreadable: what this page remembers counts.
  }
  return note;
}

/** @param {typeof note} changed */
function remember(changed) {
  note = changed;
  try {
    localStorage.setItem(NOTE, JSON.stringify(note));
  } catch {
    // As above.
  }
}

/** How long it stays shut, in milliseconds. */
export function shutFor() {
  const left = remembered().until - Date.now();
  // A clock that was set back must not shut it for years.
  return left > LONGEST_MS ? 0 : Math.max(0, left);
}

/**
 * Whether these are the digits; counts the wrong ones.
 * @param {string} digits @param {{ salt: string, rounds: number, hash: string }} pin
 */
export async function isRight(digits, { salt, rounds, hash }) {
  const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(digits), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: rounds };
  const right = hex(await crypto.subtle.deriveBits(how, key, 256)) === hash;
  const wrong = right ? 0 : remembered().wrong + 1;
  const row = Math.floor(wrong / TRIES);
  const shut = wrong > 0 && wrong % TRIES === 0;
  remember({ wrong, until: shut ? Date.now() + Math.min(FIRST_MS * 2 ** (row - 1), LONGEST_MS) : 0 });
  return right;
}

/** @param {string} digits */
const bytes = (digits) => Uint8Array.from(/** @type {string[]} */ (digits.match(/../g)), (pair) => parseInt(pair, 16));
/** @param {ArrayBuffer} buffer */
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
