/** Awaits a call; where the signal is aborted meanwhile `cancel` is called, and the signal's reason is thrown at once. */
export async function untilAborted<T>(
  call: () => Promise<T>,
  signal: AbortSignal,
  cancel: () => void = () => undefined,
): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
      cancel();
    };
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([call(), stopped]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
