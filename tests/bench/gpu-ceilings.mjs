/** @typedef {{ bytes: number, flops: number }} Ceilings */

const groupSize = 256;
const rounds = 5;

/**
 * What a device can do at most, measured: bytes a second of a copy, read and written, and FLOP/s of fused multiply-adds in registers.
 *
 * @param {GPUDevice} device
 * @param {boolean} software a device so slow that little will do
 * @returns {Promise<Ceilings>}
 */
export async function measureCeilings(device, software) {
  const vectors = 2 ** (software ? 16 : 23);
  const repeats = software ? 64 : 4096;
  const [from, to] = [0, 0].map(() =>
    device.createBuffer({ size: vectors * 16, usage: GPUBufferUsage.STORAGE }),
  );
  if (!from || !to) throw new RangeError("expected two buffers");
  try {
    const copying = await best(device, copy, [from, to], vectors);
    const adding = await best(device, multiplyAdd(repeats), [from, to], vectors);
    return { bytes: (2 * 16 * vectors) / copying, flops: (2 * 8 * 4 * repeats * vectors) / adding };
  } finally {
    from.destroy();
    to.destroy();
  }
}

const head = `
@group(0) @binding(0) var<storage, read> given: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> made: array<vec4f>;
@compute @workgroup_size(${groupSize})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = id.y * groups.x * ${groupSize}u + id.x;`;

const copy = `${head}
  made[i] = given[i];
}`;

/**
 * Eight sums an invocation, so that none waits for itself.
 *
 * @param {number} repeats
 */
function multiplyAdd(repeats) {
  const names = Array.from({ length: 8 }, (_, k) => `s${k}`);
  return `${head}
  let x = given[i] + 0.5;
  ${names.map((name, k) => `var ${name} = x + ${k}.0;`).join("\n  ")}
  for (var r = 0u; r < ${repeats}u; r++) {
    ${names.map((name) => `${name} = fma(${name}, x, x);`).join("\n    ")}
  }
  made[i] = ${names.join(" + ")};
}`;
}

/**
 * Least seconds of a kernel of one invocation a vector.
 *
 * @param {GPUDevice} device
 * @param {string} code
 * @param {readonly GPUBuffer[]} buffers
 * @param {number} vectors
 */
async function best(device, code, buffers, vectors) {
  const module = device.createShaderModule({ code });
  const pipeline = await device.createComputePipelineAsync({ layout: "auto", compute: { module } });
  const bindings = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
  const groups = vectors / groupSize;
  let least = Infinity;
  for (let round = 0; round <= rounds; round++) {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(Math.min(groups, 2 ** 14), Math.ceil(groups / 2 ** 14));
    pass.end();
    const started = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    // The first run warms up.
    if (round > 0) least = Math.min(least, (performance.now() - started) / 1000);
  }
  return least;
}
