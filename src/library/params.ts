import type { Tier } from "../compute/device.ts";
import { didYouMean } from "../core/nearest-name.ts";
import { describe } from "./inputs.ts";

/** The parameters given, defaults filled in. What is no object of them is a TypeError; a name the estimator does not have is a RangeError that lists those it has. */
export function withDefaults<P extends object>(what: string, defaults: Required<P>, given: P): Required<P> {
  checkNamed(what, defaults, given);
  checkNames(what, Object.keys(defaults), given);
  const params = { ...defaults };
  for (const [name, value] of Object.entries(given) as [keyof P & string, P[keyof P & string]][])
    if (value !== undefined) params[name] = value;
  return params;
}

/** A RangeError that lists the parameters there are, unless all of `given` are among them. */
export function checkNames(what: string, names: readonly string[], given: object): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`${what}: ${noParameter(unknown, names)}`);
}

/** What scikit-learn calls differently. */
const named: Readonly<Record<string, string>> = { random_state: "seed", randomState: "seed" };

function noParameter(name: string, names: readonly string[]): string {
  return `no parameter "${name}"${didYouMean(named[name] ?? name, names)}; it has ${names.join(", ")}`;
}

/** A RangeError that names the parameter, unless `value` satisfies it. What is to be a number is none as text: "1" is above 0 too. */
export function checkParam(
  what: string,
  name: string,
  value: unknown,
  expected: string,
  holds: boolean,
): void {
  const isText =
    typeof value === "string" && /^(?:a (?:whole )?number|at least|between)\b[^"]*$/.test(expected);
  if (!holds || isText)
    throw new RangeError(`${what}: expected ${name} to be ${expected}, got ${describe(value)}`);
}

/** A RangeError that names the parameter `device`, unless it is a tier or null. */
export function checkDevice(what: string, device: Tier | null): void {
  checkParam(what, "device", device, `"webgpu", "wasm" or null`, [null, "webgpu", "wasm"].includes(device));
}

/** A TypeError that shows how parameters are named, where a value came without its name, as Python allows. */
function checkNamed(what: string, defaults: object, given: unknown): void {
  if (typeof given === "object" && given !== null && !Array.isArray(given)) return;
  const [[name, value]] = Object.entries(defaults) as [[string, unknown]];
  const shown = typeof given === "number" && (value === null || typeof value === "number") ? given : value;
  throw new TypeError(
    `${what}: expected an object such as { ${name}: ${JSON.stringify(shown)} }, got ${describe(given)}`,
  );
}
