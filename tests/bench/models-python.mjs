import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import process from "node:process";
import { withData } from "./speed-cases.mjs";

/**
 * The same work in a Python library: median seconds of a step on one thread and on two.
 *
 * @typedef {{ tool: string, seconds: [number, number], quality: number }} PythonTwin
 */

const python = process.env.COHORTBOOK_PYTHON ?? "python3";
const script = resolve(import.meta.dirname, "models.py");

/**
 * Twins of a case in Python; none where it, or the library, is not there.
 *
 * @param {import("../../src/speed/speed.ts").SpeedCase} one
 * @param {import("../../src/specs/speed.ts").SpeedSize} size
 */
export function pythonTwins(one, size) {
  return withData(one, size, async (folder) => {
    const [single, double] = [1, 2].map((threads) => runTwins(one.id, folder, threads));
    /** @type {PythonTwin[]} */
    const twins = [];
    for (const [tool, { seconds, quality }] of Object.entries(single ?? {}))
      twins.push({ tool, seconds: [seconds, double?.[tool]?.seconds ?? NaN], quality });
    return twins;
  });
}

/**
 * @param {string} id
 * @param {string} folder
 * @param {number} threads
 * @returns {Record<string, { seconds: number, quality: number }>}
 */
function runTwins(id, folder, threads) {
  const { status, stdout, stderr } = spawnSync(python, ["-B", script, id, folder, String(threads)], {
    encoding: "utf8",
    // Some libraries count threads when they are loaded.
    env: { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) },
  });
  if (status !== 0) {
    console.error(`no figures of Python for ${id}: ${stderr || "there is none"}`);
    return {};
  }
  /** @type {unknown} */
  const twins = JSON.parse(stdout);
  return /** @type {Record<string, { seconds: number, quality: number }>} */ (twins);
}
