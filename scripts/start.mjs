// npm start: builds the app if need be, serves it on a free port and prints its address.
import { parseArgs } from "node:util";
import { buildAppIfStale, builtApp } from "./build-app.mjs";
import { serve } from "./server.mjs";

const usage = "usage: npm start -- [--port PORT] [--base /PATH/] [--help]";
const firstPort = 4173;

const { port, base } = readArguments();
await buildAppIfStale();
const server = await serveOnFreePort();
console.log(`Cohortbook is at ${server.url} (Ctrl+C ends it)`);

async function serveOnFreePort() {
  for (let next = port ?? firstPort; ; next++)
    try {
      return await serve({ folder: builtApp, port: next, base });
    } catch (error) {
      const taken = /** @type {NodeJS.ErrnoException} */ (error).code === "EADDRINUSE";
      if (taken && port === undefined && next < firstPort + 100) continue;
      console.error(taken ? `port ${next} is taken; choose another with --port` : String(error));
      process.exit(1);
    }
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: "string" },
        base: { type: "string", default: "/" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const chosen = values.port === undefined ? undefined : Number(values.port);
    if (chosen !== undefined && !(Number.isInteger(chosen) && chosen >= 0 && chosen <= 65535))
      throw new RangeError(`--port: expected a whole number from 0 to 65535, got "${values.port}"`);
    if (!/^\/([\w.-]+\/)*$/.test(values.base))
      throw new RangeError(`--base: expected a path such as /book/, got "${values.base}"`);
    return { port: chosen, base: values.base };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n${usage}`);
    process.exit(2);
  }
}
