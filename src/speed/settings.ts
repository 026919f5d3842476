import { pacer } from "../core/pause.ts";

/** Adam's settings in all cases: the defaults of Kingma & Ba 2015. */
export const adam = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Adam's step size in all cases. */
export const learningRate = 1e-3;

const pace = pacer(30);

/** Goes on always, and gives other work a turn now and then. */
export async function always(): Promise<boolean> {
  await pace();
  return true;
}
