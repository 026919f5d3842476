/** Work that does not fit the GPU: its memory, or a limit of its. The CPU can take it. */
export class GpuLimitError extends RangeError {}
