import type { Tier } from "../compute/device.ts";
import { describe } from "./inputs.ts";

/** The parameters given, defaults filled in. A name the estimator does not have is a RangeError that lists those it has. */
export function withDefaults<P extends object>(what: string, defaults: Required<P>, given: P): Required<P> {
  const names = Object.keys(defaults);
  const params = { ...defaults };
  for (const [name, value] of Object.entries(given) as [keyof P & string, P[keyof P & string]][]) {
    if (!names.includes(name))
      throw new RangeError(`${what}: no parameter "${name}"; it has ${names.join(", ")}`);
    if (value !== undefined) params[name] = value;
  }
  return params;
}

/** A RangeError that names the parameter, unless `value` satisfies it. */
export function checkParam(
  what: string,
  name: string,
  value: unknown,
  expected: string,
  holds: boolean,
): void {
  if (!holds) throw new RangeError(`${what}: expected ${name} to be ${expected}, got ${describe(value)}`);
}

/** A RangeError that names the parameter `device`, unless it is a tier or null. */
export function checkDevice(what: string, device: Tier | null): void {
  checkParam(what, "device", device, `"webgpu", "wasm" or null`, [null, "webgpu", "wasm"].includes(device));
}
