import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import asc from "assemblyscript/asc";
import type { Plugin } from "vite";

const id = "virtual:simd";
const root = resolve(import.meta.dirname, "..");

/** The file that says what a fused multiply-add is, and the one that takes its place where there is no relaxed SIMD. */
const fused = "multiply-add.ts";
const plain = "multiply-add-plain.ts";

/** Compiles AssemblyScript, by the path of a file from the project's folder, to WebAssembly and gives it as base64, with and without relaxed SIMD. */
export function simd(entry = "src/compute/simd/assembly/index.ts"): Plugin {
  return {
    name: "cohortbook:simd",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined;
      const [relaxed, basic] = await Promise.all([compileOnce(entry, true), compileOnce(entry, false)]);
      return `export const relaxed = ${JSON.stringify(relaxed)}; export const basic = ${JSON.stringify(basic)};`;
    },
  };
}

const compiled = new Map<string, Promise<string>>();

function compileOnce(entry: string, relaxed: boolean): Promise<string> {
  const key = `${entry} ${relaxed}`;
  const started = compiled.get(key) ?? compileAnew(entry, relaxed);
  compiled.set(key, started);
  return started;
}

async function compileAnew(entry: string, relaxed: boolean): Promise<string> {
  let binary: Uint8Array | null = null;
  let faults = "";
  const features = relaxed ? ["simd", "relaxed-simd"] : ["simd"];
  const { error } = await asc.main(
    [
      entry,
      "--outFile",
      "simd.wasm",
      "--runtime",
      "stub",
      "-O3",
      "--noAssert",
      ...features.flatMap((feature) => ["--enable", feature]),
      "--use",
      "abort=",
    ],
    {
      readFile(name, base) {
        const path = join(base, name);
        return readText(!relaxed && basename(path) === fused ? join(path, "..", plain) : path);
      },
      writeFile(name, contents) {
        if (name.endsWith(".wasm")) binary = contents as unknown as Uint8Array;
      },
      listFiles: () => [],
      stderr: { write: (text) => (faults += String(text)) },
    },
  );
  if (error) throw new Error(`${error.message}\n${faults}`);
  if (!binary) throw new Error("AssemblyScript gave no binary");
  return Buffer.from(binary).toString("base64");
}

function readText(path: string): string | null {
  try {
    return readFileSync(resolve(root, path), "utf8");
  } catch {
    return null;
  }
}
