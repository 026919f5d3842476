import type { Estimator } from "./estimator.ts";

/** A new estimator with the same parameters, not fitted. Estimators among the parameters, as in a pipeline, are cloned too. */
export function clone<E extends Pick<Estimator, "getParams">>(estimator: E): E {
  const Class = estimator.constructor as new (params: unknown) => E;
  return new Class(copied(estimator.getParams()));
}

function copied(value: unknown): unknown {
  if (isEstimator(value)) return clone(value);
  if (Array.isArray(value)) return value.map(copied);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied(member)]));
}

function isEstimator(value: unknown): value is Estimator {
  return typeof value === "object" && value !== null && "getParams" in value && "fit" in value;
}
