import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { simd } from "./build/simd.ts";

export default defineConfig({
  plugins: [svelte(), simd()],
  test: {
    include: ["tests/{unit,output,reference}/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    // By default one core is left to the rest of the machine; of two that is half.
    maxWorkers: "100%",
  },
});
