// npm run check: types, lint, format, dead code and unit tests.
import { checks, checksAtOnce } from "./checks.mjs";
import { runStages } from "./stages.mjs";

process.exitCode = (await runStages(checks, checksAtOnce)) ? 0 : 1;
