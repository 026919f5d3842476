/** What the GPU failed at, with its own error as the cause. Where the device was lost, the work can go on elsewhere. */
export class GpuFailure extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** What the GPU was asked for; where it fails, a GpuFailure. */
export async function ofGpu<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw new GpuFailure(error);
  }
}
