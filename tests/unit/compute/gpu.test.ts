import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gpu } from "../../../src/compute/wgsl/gpu.ts";
import { rowParts, writeRows, writeStretches } from "../../../src/compute/wgsl/row-parts.ts";
import { slabsOf } from "../../../src/compute/wgsl/slabs.ts";

beforeEach(() => vi.stubGlobal("GPUBufferUsage", { STORAGE: 1, COPY_SRC: 2, COPY_DST: 4 }));

afterEach(() => vi.unstubAllGlobals());

test("more than the device has room for is a RangeError that says how much is needed and had", async () => {
  const gpu = new Gpu(deviceWith({ room: 3 * 2 ** 20 }).device);
  for (let i = 0; i < 3; i++) gpu.buffer(2 ** 18);
  await expect(gpu.checked()).resolves.toBeUndefined();
  for (let i = 0; i < 2; i++) gpu.buffer(2 ** 18);
  await expect(gpu.checked()).rejects.toThrow("this needs 5 MB on the GPU, which has room for 3 MB");
});

test("a buffer larger than the limit, or than the device allows, is a RangeError", () => {
  const { device } = deviceWith({ room: Infinity });
  expect(() => new Gpu(device, 64).buffer(17)).toThrow(
    "a buffer of 80 bytes on the GPU, which has at most 64",
  );
  expect(new Gpu(device).mostBytes).toBe(2 ** 27);
});

test("rows stand in as few buffers as hold them, each with whole groups of rows", () => {
  const { device, written } = deviceWith({ room: Infinity });
  const gpu = new Gpu(device, 160);
  // Rows of 3 columns take 16 bytes, so that 10 fit, or 3 groups of 3.
  const parts = rowParts(gpu, 20, 3, 3);
  expect(parts.map(({ first, rows }) => [first, rows])).toEqual([
    [0, 9],
    [9, 9],
    [18, 2],
  ]);
  writeRows(
    gpu,
    parts,
    Float32Array.from({ length: 60 }, (_, i) => i),
    3,
  );
  expect(written.map((content) => content.length)).toEqual([36, 36, 8]);
  expect([...written[2]!]).toEqual([54, 55, 56, 0, 57, 58, 59, 0]);
  expect(() => rowParts(gpu, 20, 3, 11)).toThrow("which has at most 160");
});

test("slabs are no larger than the device's buffers, nor than 128 MB", () => {
  const { device } = deviceWith({ room: Infinity });
  expect(slabsOf(new Gpu(device, 160), 20, 4)).toEqual({ slabRows: 10, starts: [0, 10] });
  expect(slabsOf(new Gpu(device, 160), 20, 4, 30)).toEqual({ slabRows: 7, starts: [0, 7, 14] });
  expect(slabsOf(new Gpu(device, 2 ** 40), 100, 2 ** 22).starts).toHaveLength(13);
});

test("rows go to the GPU no more than 64 MB at a time", () => {
  const { device, written } = deviceWith({ room: Infinity });
  const gpu = new Gpu(device);
  const asked: number[][] = [];
  writeStretches(gpu, gpu.buffer(16), 5, 2 ** 23, (...stretch) => {
    asked.push(stretch);
    return Float32Array.from(stretch);
  });
  expect(asked).toEqual([
    [0, 2],
    [2, 2],
    [4, 1],
  ]);
  expect(written).toHaveLength(3);
});

/** A device that only makes buffers, and what was written to them. */
function deviceWith({ room }: { readonly room: number }) {
  const written: Float32Array[] = [];
  let held = 0;
  const device = {
    limits: { maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27 },
    queue: {
      writeBuffer: (_buffer: GPUBuffer, _from: number, content: Float32Array) => written.push(content),
    },
    pushErrorScope: () => undefined,
    createBuffer: ({ size }: GPUBufferDescriptor) => {
      held += size;
      return { size };
    },
    popErrorScope: () => Promise.resolve(held > room ? { message: "out of memory" } : null),
  };
  return { device: device as unknown as GPUDevice, written };
}
