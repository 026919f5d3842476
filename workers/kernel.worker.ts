import { startKernel } from "../src/kernel/start.ts";

/** Called by the sandbox once, with the ports to the page and to the data worker. */
export const start = startKernel;
