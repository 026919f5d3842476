import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/{unit,output,reference}/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
  },
});
