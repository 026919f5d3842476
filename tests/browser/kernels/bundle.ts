import { resolve } from "node:path";
import { build } from "vite";
import { simd } from "../../../build/simd.ts";

let made: Promise<string> | null = null;

/** The text of `page.ts` with all it imports, as one module; made once. */
export function kernelsText(): Promise<string> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    plugins: [simd()],
    build: {
      write: false,
      minify: false,
      target: "es2023",
      lib: { entry: resolve(import.meta.dirname, "page.ts"), formats: ["es"] },
      rolldownOptions: { checks: { pluginTimings: false }, output: { codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  if (!first || !("output" in first)) throw new Error("the kernels' page was not built");
  return first.output[0].code;
}
