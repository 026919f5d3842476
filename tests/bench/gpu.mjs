import { measureCeilings } from "./gpu-ceilings.mjs";
import { gpuTable, shareTable } from "./models-table.mjs";
import { withSpeedCases } from "./speed-cases.mjs";

const wanted = "webgpu@0.6.2";

/** The cases in Node on the machine's own GPU, by Dawn, which `npm install --no-save webgpu@0.6.2` brings. */
export async function measure() {
  const dawn = await loadDawn();
  if (!dawn) return [`Not measured: \`npm install --no-save ${wanted}\` first.`];
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) return ["Not measured: Dawn finds no GPU here."];
  const { description, vendor, architecture } = adapter.info;
  const software = adapter.info.isFallbackAdapter || architecture === "swiftshader";
  const device = await adapter.requestDevice();
  const ceilings = await measureCeilings(device, software);
  device.destroy();
  const rows = await withSpeedCases((cases) => measureAll(cases, software ? ["tiny"] : ["small", "large"]));
  return [
    `${description || `${vendor} ${architecture}`}, by Dawn in Node: ${billions(ceilings.bytes)} GB/s of a copy, ${billions(ceilings.flops)} GFLOP/s of multiply-adds.`,
    "",
    ...gpuTable(rows),
    "",
    ...shareTable(rows, ceilings),
  ];
}

/** The bindings of Dawn, or null where they are not installed. */
async function loadDawn() {
  const name = "webgpu";
  try {
    /** @type {unknown} */
    const loaded = await import(name);
    return /** @type {{ create(options: string[]): GPU, globals: object }} */ (loaded);
  } catch {
    return null;
  }
}

/**
 * @param {readonly import("../../src/speed/speed.ts").SpeedCase[]} cases
 * @param {readonly import("./models.mjs").SpeedSize[]} sizes
 */
async function measureAll(cases, sizes) {
  const { signal } = new AbortController();
  /** @type {import("./models.mjs").Row[]} */
  const rows = [];
  for (const one of cases)
    for (const size of sizes) {
      /** @type {import("./models.mjs").ByRunner} */
      const measured = {};
      for (const runner of one.runners.filter((each) => each.endsWith("webgpu"))) {
        console.error(`${one.id}, ${size}, ${runner} …`);
        try {
          measured[runner] = await one.run(runner, size, signal);
        } catch (error) {
          measured[runner] = /** @type {Error} */ (error);
        }
      }
      if (Object.keys(measured).length > 0)
        rows.push({ id: one.id, size: one.sizes[size], measured, python: [] });
    }
  return rows;
}

/** @param {number} value */
function billions(value) {
  return Number((value / 1e9).toPrecision(3));
}
