import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules/.bin");

/**
 * One command with a name a person reads.
 *
 * @typedef {{ name: string, command: string }} Stage
 */

/**
 * Runs the stages, `atOnce` at a time, with one closing line each; the words of one that failed are shown in full.
 * Gives whether all went well.
 *
 * @param {readonly Stage[]} stages
 * @param {number} atOnce
 * @returns {Promise<boolean>}
 */
export async function runStages(stages, atOnce) {
  const waiting = [...stages];
  let failed = 0;
  const lane = async () => {
    for (let stage = waiting.shift(); stage; stage = waiting.shift()) if (!(await runStage(stage))) failed++;
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failed === 0;
}

/**
 * Runs one stage; `live` shows its words as they come.
 *
 * @param {Stage} stage
 * @param {{ live?: boolean }} [options]
 * @returns {Promise<boolean>}
 */
export async function runStage({ name, command }, { live = false } = {}) {
  const started = performance.now();
  const { status, output } = await run(command, live);
  const seconds = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  console.log(`${status === 0 ? "✓" : "✗"} ${name.padEnd(16)} ${seconds.padStart(8)}`);
  if (status !== 0 && !live) console.log(`\n${output.trimEnd()}\n`);
  return status === 0;
}

/**
 * @param {string} command
 * @param {boolean} live
 * @returns {Promise<{ status: number | null, output: string }>}
 */
function run(command, live) {
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` };
  const child = spawn(command, {
    cwd: root,
    env,
    shell: true,
    stdio: live ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, output })));
}
