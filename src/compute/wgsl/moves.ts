import type { AdamSettings, MomentumSettings } from "../optimizer.ts";
import { single } from "./single.ts";

/** Moves parameter \`i\` by its \`gradient\` as Adam does; \`step.rate\` is \`adamRate\`. Source: Kingma & Ba 2015. */
export function adamMove({ beta1, beta2, epsilon }: AdamSettings): string {
  return `let m = first[i] + ${single(1 - beta1)} * (gradient - first[i]);
  let v = second[i] + ${single(1 - beta2)} * (gradient * gradient - second[i]);
  first[i] = m;
  second[i] = v;
  theta[i] -= step.rate * m / (sqrt(v) + ${single(epsilon)});`;
}

/** The same by gradient descent with momentum. */
export function momentumMove({ momentum, nesterovsMomentum }: MomentumSettings): string {
  const kept = single(momentum);
  const next = nesterovsMomentum ? `${kept} * velocity - step.rate * gradient` : "velocity";
  return `let velocity = ${kept} * first[i] - step.rate * gradient;
  first[i] = velocity;
  second[i] = 0.0;
  theta[i] += ${next};`;
}
