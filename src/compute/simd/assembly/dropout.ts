/**
 * Draws which of n numbers are kept, n divisible by 4: mask is 1/(1 − p) for those and 0 for the others, dropped ← value·mask. threshold: p·2³².
 * random: state of four generators, none 0. Source: Srivastava et al. 2014; xorshift32 of Marsaglia 2003.
 */
export function dropOut(
  value: usize,
  mask: usize,
  dropped: usize,
  n: i32,
  threshold: u32,
  random: usize,
): void {
  const scale = f32x4.splat(<f32>(4294967296.0 / (4294967296.0 - <f64>threshold)));
  const limit = i32x4.splat(<i32>threshold);
  let state = v128.load(random);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    state = v128.xor(state, i32x4.shl(state, 13));
    state = v128.xor(state, i32x4.shr_u(state, 17));
    state = v128.xor(state, i32x4.shl(state, 5));
    const kept = v128.and(i32x4.ge_u(state, limit), scale);
    v128.store(mask + i, kept);
    v128.store(dropped + i, f32x4.mul(v128.load(value + i), kept));
  }
  v128.store(random, state);
}
