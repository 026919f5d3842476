import { basic, relaxed } from "virtual:simd";

/** A stretch of a module's memory. `view()` is good until more memory is asked for. */
export interface Block<Data> {
  /** Address in bytes, divisible by 64: a cache line begins there. */
  readonly at: number;
  readonly length: number;
  view(): Data;
}

/** A kernel: numbers and addresses in, a number or nothing out. */
export type Kernel = (...args: number[]) => number;

/** An instance of the SIMD kernels with a memory of its own, which is freed with it. Blocks are zeroed, and padded to a multiple of 16 bytes and 16 more. */
export interface Simd<Names extends string> {
  readonly kernels: Readonly<Record<Names, Kernel>>;
  /** A block for that many singles, or with those. */
  f32(content: number | ArrayLike<number>): Block<Float32Array<ArrayBuffer>>;
  /** A block for that many doubles, or with those. */
  f64(content: number | ArrayLike<number>): Block<Float64Array<ArrayBuffer>>;
  /** A block for that many 32-bit integers, or with those. */
  i32(content: number | ArrayLike<number>): Block<Int32Array<ArrayBuffer>>;
  /** A block for that many bytes, or with those. */
  u8(content: number | ArrayLike<number>): Block<Uint8Array<ArrayBuffer>>;
}

const page = 65536;
let module: WebAssembly.Module | null = null;

/** Opens the SIMD kernels of those names; a name that is not there is an Error. Asking for more than WebAssembly's 4 GB is a RangeError that says how much was asked for. */
export function openSimd<Names extends string>(...names: readonly Names[]): Simd<Names> {
  module ??= new WebAssembly.Module(bestBinary());
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports.memory as WebAssembly.Memory;
  const kernels = exports as unknown as Record<Names | "heapBase", Kernel>;
  for (const name of names) if (!(name in exports)) throw new Error(`there is no SIMD kernel "${name}"`);
  let end = kernels.heapBase();

  function take(bytes: number): number {
    const at = Math.ceil(end / 64) * 64;
    end = at + Math.ceil(bytes / 16) * 16 + 16;
    const missing = Math.ceil((end - memory.buffer.byteLength) / page);
    if (missing > 0) grow(missing);
    return at;
  }

  function grow(pages: number): void {
    try {
      memory.grow(pages);
    } catch (error) {
      const megabytes = Math.ceil(end / 2 ** 20);
      throw new RangeError(`this needs ${megabytes} MB on the CPU, more than WebAssembly could have`, {
        cause: error,
      });
    }
  }

  function block<Data extends Float32Array | Float64Array | Int32Array | Uint8Array>(
    Type: { new (buffer: ArrayBuffer, at: number, length: number): Data; readonly BYTES_PER_ELEMENT: number },
    content: number | ArrayLike<number>,
  ): Block<Data> {
    const length = typeof content === "number" ? content : content.length;
    const at = take(length * Type.BYTES_PER_ELEMENT);
    const view = (): Data => new Type(memory.buffer, at, length);
    if (typeof content !== "number") view().set(content);
    return { at, length, view };
  }

  return {
    kernels,
    f32: (content) => block<Float32Array<ArrayBuffer>>(Float32Array, content),
    f64: (content) => block<Float64Array<ArrayBuffer>>(Float64Array, content),
    i32: (content) => block<Int32Array<ArrayBuffer>>(Int32Array, content),
    u8: (content) => block<Uint8Array<ArrayBuffer>>(Uint8Array, content),
  };
}

/** The binary with fused multiply-adds where the engine has relaxed SIMD, else the one without. */
function bestBinary(): Uint8Array<ArrayBuffer> {
  const fused = bytesOf(relaxed);
  return WebAssembly.validate(fused) ? fused : bytesOf(basic);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
