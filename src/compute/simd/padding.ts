/** Singles of room that `gemm` packs columns into. */
export const panel = 2048;

/** The next multiple of 4: how long the kernels' rows are. */
export function multipleOfFour(n: number): number {
  return Math.ceil(n / 4) * 4;
}
