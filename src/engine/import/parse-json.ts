/** A JSON text's value, with integers that a double cannot hold as texts of their digits. */
export function parseJson(text: string): unknown {
  return JSON.parse(mayLose.test(text) ? text.replace(stringOrNumber, exact) : text);
}

/** An integer of 16 digits or more: one of fewer is always exact. */
const mayLose = /(^|[\s:,[-])\d{16,}(?![\d.eE])/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function exact(token: string): string {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
