import type { LogisticKernel, LogisticRows } from "../logistic.ts";
import { classOutputs, eachOutput } from "./class-outputs.ts";
import type { Dispatch, Gpu } from "./gpu.ts";
import { groupSize, index } from "./index-of.ts";
import { openOnGpu } from "./open.ts";
import { writeStretches } from "./row-parts.ts";
import { slabsOf, sumOverSlabs } from "./slabs.ts";
import { summedProduct, tileProduct } from "./tile-product.ts";

/** Puts rows on the GPU, in as many buffers as it takes: linear outputs, what each row answers, and the sum of rows times answers, all in one submit. `most`: singles to a buffer. */
export function openWgslLogistic(rows: LogisticRows, most?: number): Promise<LogisticKernel> {
  return openOnGpu((gpu) => open(gpu, rows, most));
}

async function open(gpu: Gpu, rows: LogisticRows, most?: number): Promise<LogisticKernel> {
  const { outputs } = rows;
  const width = rows.columns + 1;
  const answers = outputs + 1;
  const { slabRows, starts } = slabsOf(gpu, rows.rows, Math.max(width, answers), most);
  const w = gpu.buffer(outputs * width);
  const z = gpu.buffer(slabRows * outputs);
  const answer = gpu.buffer(slabRows * answers);
  const across = { row: width, column: 1 };
  const back = { m: answers, n: width, terms: slabRows, left: { row: 1, column: answers } };
  const [project, spread, spreadSquares, meet, bend, weigh] = await Promise.all([
    tileProduct(gpu, {
      m: slabRows,
      n: outputs,
      terms: width,
      left: across,
      right: { row: 1, column: width },
    }),
    summedProduct(gpu, { ...back, right: across }),
    summedProduct(gpu, { ...back, right: { ...across, squared: true } }),
    ...[meeting, bending, weighing].map((code) => gpu.pipeline(code(outputs, slabRows))),
  ]);
  const slabs = starts.map((from) => {
    const x = gpu.buffer(slabRows * width);
    writeStretches(gpu, x, Math.min(slabRows, rows.rows - from), width, (first, count) =>
      standardised(rows, from + first, count),
    );
    const codes = gpu.buffer(padded(new Uint32Array(slabRows), rows.codes, from));
    const shares = gpu.buffer(padded(new Float32Array(slabRows), rows.shares, from));
    const probabilities = gpu.buffer(slabRows * outputs);
    const respond = (pipeline: GPUComputePipeline | undefined, ...buffers: GPUBuffer[]): Dispatch => ({
      pipeline: pipeline!,
      bindings: gpu.bind(pipeline!, shares, probabilities, answer, ...buffers),
      workgroups: Math.ceil(slabRows / groupSize),
    });
    const linear = project(x, w, z);
    return {
      at: [linear, respond(meet, z, codes), ...spread.of(answer, x)],
      curve: [linear, respond(bend, z), ...spread.of(answer, x)],
      diagonal: [respond(weigh), ...spreadSquares.of(answer, x)],
    };
  });

  return {
    dispatches: slabs[0]!.at.length,
    async at(given) {
      gpu.write(w, Float32Array.from(given));
      const sum = await sumOverSlabs(gpu, spread, slabs, ({ at }) => at);
      return { value: sum.at(-1)!, gradient: sum.slice(0, outputs * width) };
    },
    async curve(given) {
      gpu.write(w, Float32Array.from(given));
      const sum = await sumOverSlabs(gpu, spread, slabs, ({ curve }) => curve);
      return sum.slice(0, outputs * width);
    },
    async diagonal() {
      const sum = await sumOverSlabs(gpu, spreadSquares, slabs, ({ diagonal }) => diagonal);
      return sum.slice(0, outputs * width);
    },
    dispose: () => gpu.dispose(),
  };
}

/** So many rows from `from` on as singles, a 1 after each. */
function standardised(
  { columns, x, mean, unit }: LogisticRows,
  from: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const width = columns + 1;
  const singles = new Float32Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++)
      singles[i * width + j] = (x[(from + i) * columns + j]! - mean[j]!) / unit[j]!;
    singles[i * width + columns] = 1;
  }
  return singles;
}

function padded<Data extends Uint32Array | Float32Array>(
  into: Data,
  values: Int32Array | Float64Array,
  from: number,
): Data {
  into.set(values.subarray(from, from + into.length));
  return into;
}

const head = `
@group(0) @binding(0) var<storage, read> shares: array<f32>;
@group(0) @binding(1) var<storage, read_write> probabilities: array<f32>;
@group(0) @binding(2) var<storage, read_write> answers: array<f32>;`;

/** A row answers with its share of P(k) − [k is its class] for each output, and with its share of the loss last. */
function meeting(outputs: number, rows: number): string {
  const target = `select(0.0, 1.0, codes[i] == ${outputs === 1 ? "1u" : "k"})`;
  return `${head}
@group(0) @binding(3) var<storage, read> z: array<f32>;
@group(0) @binding(4) var<storage, read> codes: array<u32>;
${index(rows)} {
  var loss = 0.0;
  ${classOutputs({
    outputs,
    z: (k) => `z[i * ${outputs}u + ${k}]`,
    target,
    give: (probability) => `let p = ${probability};
    probabilities[i * ${outputs}u + k] = p;
    answers[i * ${outputs + 1}u + k] = shares[i] * (p - ${target});`,
  })}
  answers[i * ${outputs + 1}u + ${outputs}u] = shares[i] * loss;
}`;
}

/** A row answers with its share of P(k) (z(k) − Σ P z). */
function bending(outputs: number, rows: number): string {
  return `${head}
@group(0) @binding(3) var<storage, read> z: array<f32>;
${index(rows)} {
  var mean = 0.0;
  ${eachOutput(outputs, `mean += probabilities[i * ${outputs}u + k] * z[i * ${outputs}u + k];`)}
  ${eachOutput(outputs, `answers[i * ${outputs + 1}u + k] = shares[i] * probabilities[i * ${outputs}u + k] * (z[i * ${outputs}u + k] - mean);`)}
  answers[i * ${outputs + 1}u + ${outputs}u] = 0.0;
}`;
}

/** A row answers with its share of P(k) (1 − P(k)). */
function weighing(outputs: number, rows: number): string {
  return `${head}
${index(rows)} {
  ${eachOutput(
    outputs,
    `let p = probabilities[i * ${outputs}u + k];
    answers[i * ${outputs + 1}u + k] = shares[i] * p * (1.0 - p);`,
  )}
  answers[i * ${outputs + 1}u + ${outputs}u] = 0.0;
}`;
}
