// npm test: the checks, then the browser tests on a fresh production build. --full adds the slow ones.
import { findBrowser } from "./browser.mjs";
import { checks, checksAtOnce } from "./checks.mjs";
import { runStage, runStages } from "./stages.mjs";

if (process.argv.includes("--full")) process.env.FULL = "1";
process.env.CHROMIUM_PATH = browserOrExit();

const build = { name: "build", command: "node scripts/build.mjs" };
const browserTests = { name: "browser tests", command: "playwright test" };
const ready = await runStages([build, ...checks], checksAtOnce);
process.exitCode = ready && (await runStage(browserTests, { live: true })) ? 0 : 1;

function browserOrExit() {
  try {
    return findBrowser();
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    process.exit(1);
  }
}
