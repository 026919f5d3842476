import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./scripts/browser.mjs";

export default defineConfig({
  testDir: "tests/browser",
  testMatch: "*.test.ts",
  outputDir: "test-results",
  globalSetup: "./tests/browser/build-once.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: findBrowser(), args: browserArguments },
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    colorScheme: "light",
    // A worker kept from an earlier page would hide what this build asks the server for; offline.test.ts turns it on.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
  },
});
