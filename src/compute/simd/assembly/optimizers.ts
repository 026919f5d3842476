import { madd } from "./multiply-add";

/**
 * One step of Adam for n parameters, n divisible by 4: g ← g + decay·θ, m ← m + (1−β₁)(g − m), v ← v + (1−β₂)(g² − v), θ ← θ − rate·m/(√v + ε).
 * share1, share2: 1−β₁ and 1−β₂; rate: η·√(1−β₂ᵗ)/(1−β₁ᵗ). Source: Kingma & Ba 2015.
 */
export function adam(
  theta: usize,
  gradient: usize,
  first: usize,
  second: usize,
  n: i32,
  rate: f32,
  share1: f32,
  share2: f32,
  epsilon: f32,
  decay: f32,
): void {
  const rates = f32x4.splat(-rate);
  const shares1 = f32x4.splat(share1);
  const shares2 = f32x4.splat(share2);
  const epsilons = f32x4.splat(epsilon);
  const decays = f32x4.splat(decay);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const t = v128.load(theta + i);
    const g = madd(decays, t, v128.load(gradient + i));
    let m = v128.load(first + i);
    let v = v128.load(second + i);
    m = madd(shares1, f32x4.sub(g, m), m);
    v = madd(shares2, f32x4.sub(f32x4.mul(g, g), v), v);
    v128.store(first + i, m);
    v128.store(second + i, v);
    const move = f32x4.div(f32x4.mul(rates, m), f32x4.add(f32x4.sqrt(v), epsilons));
    v128.store(theta + i, f32x4.add(t, move));
  }
}

/**
 * One step of gradient descent with momentum μ for n parameters, n divisible by 4: g ← g + decay·θ, v ← μ·v − rate·g, θ ← θ + v, or
 * θ + μ·v − rate·g where `nesterov`. Source: Sutskever et al. 2013, as scikit-learn does it.
 */
export function momentum(
  theta: usize,
  gradient: usize,
  velocity: usize,
  n: i32,
  rate: f32,
  mu: f32,
  nesterov: bool,
  decay: f32,
): void {
  const rates = f32x4.splat(-rate);
  const mus = f32x4.splat(mu);
  const decays = f32x4.splat(decay);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const t = v128.load(theta + i);
    const fall = f32x4.mul(rates, madd(decays, t, v128.load(gradient + i)));
    const v = madd(mus, v128.load(velocity + i), fall);
    v128.store(velocity + i, v);
    v128.store(theta + i, f32x4.add(t, nesterov ? madd(mus, v, fall) : v));
  }
}

/** g ← g + decay·θ for n parameters, n divisible by 4; gives Σ g². */
export function penalise(theta: usize, gradient: usize, n: i32, decay: f32): f64 {
  const decays = f32x4.splat(decay);
  let sum = 0.0;
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const g = madd(decays, v128.load(theta + i), v128.load(gradient + i));
    v128.store(gradient + i, g);
    const low = f64x2.promote_low_f32x4(g);
    const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(g, g, 2, 3, 2, 3));
    const squares = f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high));
    sum += f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
  }
  return sum;
}

/** Multiplies n numbers, n divisible by 4. */
export function scale(values: usize, n: i32, by: f32): void {
  const all = f32x4.splat(by);
  for (let i: usize = 0; i < <usize>n << 2; i += 16)
    v128.store(values + i, f32x4.mul(v128.load(values + i), all));
}
