/** Lets waiting messages in. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** A pause now and then: call it often, and it rests every 20 ms or so. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < 20) return;
    await pause();
    last = performance.now();
  };
}
