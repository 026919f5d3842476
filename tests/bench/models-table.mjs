/** @typedef {import("./models.mjs").Row} Row */
/** @typedef {import("../../src/specs/speed.ts").Measured} Measured */

/**
 * Lines of a table of what runs on the processor: SIMD, TF.js and Python. Ratios are their time ÷ ours.
 *
 * @param {readonly Row[]} rows
 */
export function cpuTable(rows) {
  const lines = rows.flatMap(({ id, size, measured, python }) => {
    const ours = measured.wasm;
    const line = [id, size, time(ours), beside(measured["tfjs-wasm"], ours), held(ours)];
    const twins = python.length > 0 ? python : [null];
    return twins.map((twin, i) => {
      const head = i === 0 ? line : line.map(() => "");
      const seconds = isMeasured(ours) ? ours.seconds : NaN;
      const threads = twin?.seconds.map((one) => ratio(one, seconds)) ?? ["–", "–"];
      const quality = i === 0 ? qualities(measured.wasm, measured["tfjs-wasm"]) : "";
      return row([...head, twin?.tool ?? "not there", ...threads, quality, twin ? short(twin.quality) : "–"]);
    });
  });
  return [
    row([
      "Model",
      "Size",
      "SIMD",
      "TF.js wasm",
      "Memory",
      "Python",
      "1 thread",
      "2 threads",
      "Quality, TF.js's",
      "Python's",
    ]),
    "|---|---|--:|--:|--:|---|--:|--:|---|---|",
    ...lines,
  ];
}

/**
 * Lines of a table of what runs on the GPU: WGSL and TF.js.
 *
 * @param {readonly Row[]} rows
 */
export function gpuTable(rows) {
  const lines = rows.map(({ id, size, measured }) => {
    const [ours, twin] = [measured.webgpu, measured["tfjs-webgpu"]];
    return row([
      id,
      size,
      time(ours),
      beside(twin, ours),
      calls(ours),
      calls(twin),
      overFloor(ours),
      held(ours),
      qualities(ours, twin),
    ]);
  });
  return [
    row([
      "Model",
      "Size",
      "WGSL",
      "TF.js WebGPU",
      "Kernel calls a step",
      "TF.js's",
      "Bytes ÷ least",
      "Memory",
      "Quality, TF.js's",
    ]),
    "|---|---|--:|--:|--:|--:|--:|--:|---|",
    ...lines,
  ];
}

/** @param {readonly string[]} cells */
function row(cells) {
  return `| ${cells.join(" | ")} |`;
}

/**
 * @param {Measured | Error | undefined} one
 * @returns {one is Measured}
 */
function isMeasured(one) {
  return one !== undefined && !(one instanceof Error);
}

/** @param {Measured | Error | undefined} one */
function time(one) {
  if (one instanceof Error) return `failed: ${one.message.split("\n")[0]}`;
  return one ? milliseconds(one.seconds) : "–";
}

/** @param {number} seconds */
function milliseconds(seconds) {
  return `${Number((seconds * 1000).toPrecision(3))} ms`;
}

/**
 * @param {number} seconds
 * @param {number} ours
 */
function ratio(seconds, ours) {
  return `${milliseconds(seconds)}, ${(seconds / ours).toPrecision(2)}×`;
}

/**
 * @param {Measured | Error | undefined} one
 * @param {Measured | Error | undefined} ours
 */
function beside(one, ours) {
  return isMeasured(one) && isMeasured(ours) ? ratio(one.seconds, ours.seconds) : time(one);
}

/** @param {Measured | Error | undefined} one */
function held(one) {
  return isMeasured(one) && one.peakBytes !== null
    ? `${Number((one.peakBytes / 1e6).toPrecision(3))} MB`
    : "–";
}

/** @param {Measured | Error | undefined} one */
function calls(one) {
  return isMeasured(one) && one.dispatches !== null ? String(Number(one.dispatches.toFixed(1))) : "–";
}

/** @param {Measured | Error | undefined} one */
function overFloor(one) {
  return isMeasured(one) && one.bytes !== null ? (one.bytes / one.floorBytes).toFixed(1) : "–";
}

/**
 * @param {Measured | Error | undefined} ours
 * @param {Measured | Error | undefined} twin
 */
function qualities(ours, twin) {
  const [name] = [ours, twin].filter(isMeasured).map(({ quality }) => quality.name);
  const values = [ours, twin].map((one) => (isMeasured(one) ? short(one.quality.value) : "–"));
  return name === undefined ? "–" : `${name} ${values.join(", ")}`;
}

/** @param {number} value */
function short(value) {
  return String(Number(value.toPrecision(4)));
}
