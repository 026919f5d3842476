import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build, runnerImport } from "vite";

/** @typedef {import("../../src/speed/speed.ts").SpeedCase} SpeedCase */

/**
 * Loads the cases, as one text, into this process; gives them to `work`, and what that gives.
 *
 * @template T
 * @param {(cases: readonly SpeedCase[]) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withSpeedCases(work) {
  const folder = await mkdtemp(join(tmpdir(), "cohortbook-"));
  /** @type {{ module: Pick<typeof import("../../build/simd.ts"), "simd"> }} */
  const { module } = await runnerImport("./build/simd.ts");
  try {
    await build({
      configFile: false,
      logLevel: "error",
      publicDir: false,
      plugins: [module.simd()],
      ssr: { noExternal: true },
      build: {
        ssr: resolve(import.meta.dirname, "../../src/speed/registry.ts"),
        outDir: folder,
        target: "es2023",
        minify: false,
        rolldownOptions: {
          checks: { pluginTimings: false },
          output: { codeSplitting: false, entryFileNames: "cases.mjs" },
        },
      },
    });
    /** @type {unknown} */
    const loaded = await import(pathToFileURL(join(folder, "cases.mjs")).href);
    const { speedCases } = /** @type {typeof import("../../src/speed/registry.ts")} */ (loaded);
    return await work(speedCases);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Writes the data of a case as other tools read it, a raw file an array and all numbers in `data.json`, while `work` runs.
 *
 * @template T
 * @param {SpeedCase} one
 * @param {import("../../src/specs/speed.ts").SpeedSize} size
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withData(one, size, work) {
  const folder = await mkdtemp(join(tmpdir(), "cohortbook-"));
  try {
    const numbers = await writeArrays(folder, "", one.data(size));
    await writeFile(join(folder, "data.json"), JSON.stringify({ ...numbers, rounds: one.rounds }));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {string} prefix
 * @param {object} data
 */
async function writeArrays(folder, prefix, data) {
  /** @type {Record<string, unknown>} */
  const numbers = {};
  for (const [key, value] of /** @type {[string, unknown][]} */ (Object.entries(data))) {
    const name = prefix + key;
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value;
      await writeFile(join(folder, `${name}.bin`), new Uint8Array(buffer, byteOffset, byteLength));
    } else if (typeof value === "object" && value !== null)
      Object.assign(numbers, await writeArrays(folder, `${name}.`, value));
    else numbers[name] = value;
  }
  return numbers;
}
