import type { Matrix } from "../data/matrix.ts";
import type { Table } from "../data/table.ts";
import type { Classifier, Estimator, Label, Labels, Transformer } from "./estimator.ts";
import * as estimators from "./estimators.ts";
import type { Rows } from "./inputs.ts";
import { packModel, savedKind, unpackModel } from "./saved.ts";

const kind = "Pipeline";

/** A step of a pipeline and its name. */
export type Step = readonly [name: string, estimator: Estimator];

/** Parameters of `Pipeline`. */
export interface PipelineParams {
  /** Transformers in the order they are applied, and a last estimator of any sort. */
  readonly steps: readonly Step[];
}

/** A pipeline of the given steps, each named for its class in lower case (`logisticregression`; `-1`, `-2` … where a class comes twice). */
export function makePipeline(...steps: readonly Estimator[]): Pipeline {
  const names = steps.map((step) => classNameOf(step).toLowerCase());
  const named = names.map((name, i): Step => {
    if (names.indexOf(name) === names.lastIndexOf(name)) return [name, steps[i]!];
    return [`${name}-${names.slice(0, i + 1).filter((other) => other === name).length}`, steps[i]!];
  });
  return new Pipeline({ steps: named });
}

/**
 * Steps fitted one after another as if they were one estimator, so that cross-validation never learns from held-out rows.
 * X is whatever the first step takes; `predict`, `predictProba` and `score` are those of the last step.
 */
export class Pipeline implements Classifier, Transformer {
  /** The steps by name. */
  readonly namedSteps: Readonly<Record<string, Estimator>>;
  readonly #steps: readonly Step[];

  constructor(params: PipelineParams) {
    this.#steps = params.steps;
    this.namedSteps = Object.fromEntries(params.steps);
    if (this.#steps.length === 0) throw new RangeError(`${kind}: expected at least one step, got none`);
    if (Object.keys(this.namedSteps).length !== this.#steps.length)
      throw new RangeError(
        `${kind}: expected a different name for each step, got ${params.steps.map(([name]) => name).join(", ")}`,
      );
    for (const [name, step] of this.#transformers) method(name, step, "transform");
  }

  /** The pipeline that `save()` gave as bytes. */
  static load(bytes: Uint8Array): Pipeline {
    const state = unpackModel(kind, bytes) as { steps: readonly { name: string; bytes: Uint8Array }[] };
    return new Pipeline({ steps: state.steps.map((step) => [step.name, loadStep(step.bytes)]) });
  }

  getParams(): Required<PipelineParams> {
    return { steps: this.#steps };
  }

  /** Fits each transformer to what the steps before it give, then the last step. */
  async fit(X: Rows, y?: Labels): Promise<this> {
    let features: Rows | Matrix | Table = X;
    for (const [, step] of this.#transformers) {
      await step.fit(features as never, y);
      features = await (step as Transformer).transform(features as never);
    }
    await this.#last.fit(features as never, y);
    return this;
  }

  /** Sorted labels the last step saw in fit. */
  get classes(): readonly Label[] {
    return (this.#last as Classifier).classes;
  }

  /** Labels of the rows of X by the last step. */
  async predict(X: Rows): Promise<Label[]> {
    const last = this.#lastWith("predict");
    return last.predict((await this.#before(X)) as never);
  }

  /** Probability of each class by the last step, n × classes. */
  async predictProba(X: Rows): Promise<Matrix> {
    const last = this.#lastWith("predictProba");
    return last.predictProba((await this.#before(X)) as never);
  }

  /** X through all the steps; the last must be a transformer too. */
  async transform(X: Rows): Promise<Matrix | Table> {
    const last = this.#lastWith("transform");
    return last.transform((await this.#before(X)) as never);
  }

  /** The last step's own score of the rows of X against y. */
  async score(X: Rows, y: Labels): Promise<number> {
    const last = this.#lastWith("score");
    return last.score((await this.#before(X)) as never, y);
  }

  /** The fitted pipeline as bytes, for `Pipeline.load`. A step without `save` is a TypeError. */
  save(): Uint8Array<ArrayBuffer> {
    return packModel(kind, {
      steps: this.#steps.map(([name, step]) => ({ name, bytes: saveStep(name, step) })),
    });
  }

  get #transformers(): readonly Step[] {
    return this.#steps.slice(0, -1);
  }

  get #last(): Estimator {
    return this.#steps.at(-1)![1];
  }

  #lastWith<Name extends keyof Classifier | keyof Transformer>(name: Name): Classifier & Transformer {
    const [stepName, step] = this.#steps.at(-1)!;
    method(stepName, step, name);
    return step as Classifier & Transformer;
  }

  async #before(X: Rows): Promise<Rows | Matrix | Table> {
    let features: Rows | Matrix | Table = X;
    for (const [, step] of this.#transformers)
      features = await (step as Transformer).transform(features as never);
    return features;
  }
}

/** The method of a step, or a TypeError that names both. */
function method(stepName: string, step: Estimator, name: string): (...args: readonly unknown[]) => unknown {
  const found = (step as unknown as Record<string, unknown>)[name];
  if (typeof found !== "function") throw new TypeError(`${kind}: step "${stepName}" has no ${name}()`);
  return found as (...args: readonly unknown[]) => unknown;
}

function saveStep(name: string, step: Estimator): Uint8Array {
  return method(name, step, "save").call(step) as Uint8Array;
}

function loadStep(bytes: Uint8Array): Estimator {
  const name = savedKind(bytes);
  if (name === kind) return Pipeline.load(bytes);
  if (!(name in estimators)) throw new TypeError(`${kind}.load: unknown estimator "${name}"`);
  return estimators[name as keyof typeof estimators].load(bytes);
}

/** The name a person knows a class by; the library's own do not rely on names that a minifier may shorten. */
function classNameOf(step: Estimator): string {
  if (step instanceof Pipeline) return kind;
  const known = Object.entries(estimators).find(([, Class]) => step.constructor === Class);
  return known ? known[0] : step.constructor.name;
}
