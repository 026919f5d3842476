// npm run bench [-- NAME…]: takes the named figures (all without a name) and records them in tests/bench/RESULTS.md.
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { buildAppIfStale } from "./build-app.mjs";

/** Each bench gives the lines of its section. Adding one adds a line here and a file beside the others. */
const benches = {
  lighthouse: () => import("../tests/bench/lighthouse.mjs"),
  csv: () => import("../tests/bench/csv.mjs"),
  data: () => import("../tests/bench/data.mjs"),
  embedding: () => import("../tests/bench/embedding.mjs"),
  gpu: () => import("../tests/bench/gpu.mjs"),
  models: () => import("../tests/bench/models.mjs"),
  "bpr-profile": () => import("../tests/bench/bpr-profile.mjs"),
};
const results = new URL("../tests/bench/RESULTS.md", import.meta.url);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benches, name));
if (unknown.length > 0) {
  console.error(`no bench "${unknown[0]}"; there are ${Object.keys(benches).join(", ")}`);
  process.exit(2);
}

await buildAppIfStale();
for (const [name, load] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${name} …`);
  const { measure } = await load();
  const section = `## ${name}\n\n${[when(), "", ...(await measure())].join("\n")}\n`;
  console.log(section);
  await record(name, section);
}

function when() {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} shared cores, ${memory}, headless Chromium without a GPU`;
}

/**
 * Puts the section in the place of the bench's earlier one, or at the end.
 *
 * @param {string} name
 * @param {string} section
 */
async function record(name, section) {
  const text = await readFile(results, "utf8");
  const [head = "", ...sections] = text.split(/^(?=## )/m);
  const others = sections.filter((other) => !other.startsWith(`## ${name}\n`));
  const all = [...others, section].map((one) => one.trimEnd()).sort();
  await writeFile(results, `${[head.trimEnd(), ...all].join("\n\n")}\n`);
}
