import { closeSync, openSync, statSync, accessSync, constants } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { parseArgs } from "node:util";

/** How the command is called, as it is told to a person who asks or who called it wrongly. */
export const usage = `usage: npm run notebook -- FILE [--data NAME=PATH …] [--out FILE] [--device webgpu|wasm] [--timeout SECONDS]

  FILE       the notebook to run: .ipynb or .md
  --data     a CSV file, given to the notebook as the table NAME; as often as needed
  --out      where to write the notebook with its outputs (.ipynb); without it, the outputs are printed
  --device   where models train; without it, the GPU if there is one, else the CPU
  --timeout  the most seconds the whole run may take (600)
  --help     shows this`;

/**
 * What a person asked for.
 *
 * @typedef {{
 *   file: string,
 *   data: readonly { name: string, path: string }[],
 *   out: string | null,
 *   device: "webgpu" | "wasm" | null,
 *   seconds: number,
 * }} NotebookRun
 */

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {}

/**
 * Whether the arguments ask how the command is called.
 *
 * @param {readonly string[]} argv
 * @returns {boolean}
 */
export function asksForHelp(argv) {
  return argv.includes("--help") || argv.includes("-h");
}

/**
 * The run that the arguments ask for; a UsageError where they make no sense or name what cannot be read or written.
 *
 * @param {readonly string[]} argv
 * @returns {NotebookRun}
 */
export function readRun(argv) {
  const { values, positionals } = parsed(argv);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError("expected the notebook to run");
  if (more.length > 0) throw new UsageError(`expected one notebook, got also "${more[0]}"`);
  if (![".ipynb", ".md"].includes(extname(file).toLowerCase()))
    throw new UsageError(`expected a notebook (.ipynb or .md), got "${file}"`);
  return {
    file: readable(file),
    data: readData(values.data ?? []),
    out: values.out === undefined ? null : writable(values.out),
    device: readDevice(values.device),
    seconds: readSeconds(values.timeout),
  };
}

/** @param {readonly string[]} argv */
function parsed(argv) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: "string", multiple: true },
        out: { type: "string" },
        device: { type: "string" },
        timeout: { type: "string", default: "600" },
      },
    });
  } catch (error) {
    throw new UsageError(/** @type {Error} */ (error).message);
  }
}

/** @param {readonly string[]} pairs */
function readData(pairs) {
  const data = pairs.map((pair) => {
    const [, name, path] = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/s.exec(pair) ?? [];
    if (name === undefined || path === undefined)
      throw new UsageError(`--data: expected NAME=PATH with a NAME of letters, digits and _, got "${pair}"`);
    return { name, path: readable(path) };
  });
  const names = data.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new UsageError(`--data: the table "${twice}" is given twice`);
  return data;
}

/** @param {string | undefined} device */
function readDevice(device) {
  if (device === undefined || device === "webgpu" || device === "wasm") return device ?? null;
  throw new UsageError(`--device: expected webgpu or wasm, got "${device}"`);
}

/** @param {string} text */
function readSeconds(text) {
  const seconds = Number(text);
  // A timer counts milliseconds in 31 bits.
  if (seconds > 0 && seconds <= 2_000_000) return seconds;
  throw new UsageError(`--timeout: expected a number of seconds greater than 0, got "${text}"`);
}

/** @param {string} path */
function readable(path) {
  try {
    if (!statSync(path).isFile()) throw new Error("not a file");
    closeSync(openSync(path, "r"));
    return resolve(path);
  } catch (error) {
    throw new UsageError(`cannot read "${path}": ${reason(error)}`);
  }
}

/** @param {string} path */
function writable(path) {
  if (extname(path).toLowerCase() !== ".ipynb")
    throw new UsageError(`--out: expected a name that ends in .ipynb, got "${path}"`);
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error("it is a folder");
    accessSync(dirname(resolve(path)), constants.W_OK);
    return resolve(path);
  } catch (error) {
    throw new UsageError(`cannot write "${path}": ${reason(error)}`);
  }
}

/** @param {unknown} error */
function reason(error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === "ENOENT") return "no such file or folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message;
}
