// npm run notebook: executes a notebook in headless Chromium, in the same sandbox as on the page.
// Exit status 0: every cell ran; 1: a cell failed or time was up; 2: the command was called wrongly.
import { buildAppIfStale } from "./build-app.mjs";
import { asksForHelp, readRun, usage, UsageError } from "./notebook-arguments.mjs";
import { runNotebook } from "./notebook-page.mjs";

const argv = process.argv.slice(2);
if (asksForHelp(argv)) console.log(usage);
else await runAndReport();

async function runAndReport() {
  try {
    const run = readRun(argv);
    await buildAppIfStale();
    const end = await runNotebook(run);
    if (end.text !== "") console.log(end.text);
    if (end.state === "failed") {
      console.error(end.message);
      process.exitCode = 1;
    }
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const wrong = error instanceof UsageError;
    // The reason stands last, where the eye is.
    console.error(wrong ? `${usage}\n\n${message}` : message);
    process.exitCode = wrong ? 2 : 1;
  }
}
