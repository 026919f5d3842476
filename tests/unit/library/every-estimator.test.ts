import { afterEach, describe, expect, test } from "vitest";
import { setSession } from "../../../src/library/session.ts";
import {
  estimatorCases,
  given,
  kindOf,
  type EstimatorCase,
  type Model,
  type Name,
} from "./estimator-cases.ts";
import { fakeCell } from "./fake-cell.ts";

afterEach(() => setSession(null));

const all = Object.entries(estimatorCases).map(([name, one]) => ({ name: name as Name, ...one }));
const seeded = all.filter(({ random }) => random !== null);
const live = all.filter(({ endless }) => endless !== null);
const endless = live.filter(({ endless }) => endless !== "short");

function made({ name, params }: EstimatorCase & { readonly name: Name }, more: object = {}): Model {
  return new (kindOf(name))({ ...params, ...more });
}

function fitted(one: EstimatorCase & { readonly name: Name }, more: object = {}): Promise<Model> {
  return made(one, more).fit(...given[one.data].good);
}

describe.each(all)("$name", (one) => {
  test("says the same when it was saved and loaded, with the same parameters", async () => {
    const model = await fitted(one);
    const loaded = kindOf(one.name).load(model.save());
    expect(await one.says(loaded)).toBe(await one.says(model));
    expect(loaded.getParams()).toEqual(model.getParams());
  });

  test("takes parameters by name alone", () => {
    const create = kindOf(one.name) as unknown as new (params: unknown) => Model;
    for (const [given, shown] of [
      [3, "3"],
      ["fast", '"fast"'],
      [[3], "an array"],
      [null, "null"],
    ] as const) {
      const make = (): Model => new create(given);
      expect(make).toThrow(TypeError);
      expect(make).toThrow(
        new RegExp(`^${one.name}: expected an object such as \\{ \\w+: .+ \\}, got ${shown}$`),
      );
    }
  });

  test("takes a device where it runs on two, and no other", () => {
    const on = (device: string) => () => made(one, { device });
    if (!one.tiers) return expect(on("wasm")).toThrow(`${one.name}: no parameter "device"`);
    expect(made(one).getParams().device).toBeNull();
    for (const device of ["webgpu", "wasm"]) expect(on(device)().getParams().device).toBe(device);
    expect(on("cpu")).toThrow(`${one.name}: expected device to be "webgpu", "wasm" or null, got "cpu"`);
  });

  test("names the column and row of a number that is missing, or takes it", async () => {
    const { bad, refusal } = given[one.data];
    const fit = made(one).fit(...bad);
    if (one.takesMissing) expect(await fit).toBeDefined();
    else await expect(fit).rejects.toThrow(refusal);
  });

  test("refuses no rows", async () => {
    const fit = made(one).fit(...given[one.data].none);
    await expect(fit).rejects.toThrow(/expected at least .*row.*, got 0$/);
    await expect(fit).rejects.toBeInstanceOf(RangeError);
  });

  test("ends with an AbortError when the cell is stopped", async () => {
    const cell = fakeCell(() => cell.controller.abort());
    if (one.endless === null) cell.controller.abort();
    const work = fitted(one, one.endless === "short" ? {} : (one.endless ?? {})).then(one.says);
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    if (one.endless !== null) expect(cell.last().state).toBe("aborted");
    expect(cell.stops.size).toBe(0);
  });
});

test("a number without a name is shown with the name that it may have meant", () => {
  const message =
    (name: Name): (() => Model) =>
    () =>
      new (kindOf(name))(3 as unknown as object);
  expect(message("KMeans")).toThrow("KMeans: expected an object such as { nClusters: 3 }, got 3");
  expect(message("RandomForestClassifier")).toThrow("such as { nEstimators: 3 }, got 3");
  expect(message("PCA")).toThrow("such as { nComponents: 3 }, got 3");
  expect(message("MLPClassifier")).toThrow("such as { hiddenLayerSizes: [100] }, got 3");
});

describe.each(seeded)("$name", (one) => {
  test("has a seed: the same gives the same bits, and another another model where there is chance", async () => {
    expect(made(one).getParams().seed).toBe(0);
    const [first, second, other] = await Promise.all(
      [1, 1, 2].map(async (seed) => one.says(await fitted(one, { seed }))),
    );
    expect(second).toBe(first);
    expect(other === first).toBe(!one.random);
  });
});

describe.each(live)("$name", (one) => {
  test("shows itself from its start to its end, and says where it runs", async () => {
    const cell = fakeCell();
    await fitted(one);
    const of = { view: "training", title: one.name, fit: `${one.name}-1`, device: { tier: "wasm" } };
    expect(cell.shown[0]).toMatchObject({ ...of, state: "running", epoch: 0, remaining: NaN });
    expect(cell.last()).toMatchObject({ ...of, state: "done" });
    expect(cell.last().epoch).toBeGreaterThan(0);
    expect(cell.ids.size).toBe(1);
    expect(cell.stops.size).toBe(0);
  });

  test("keeps what it has learnt when Stop is pressed in its view", async () => {
    const from = one.endless === "short" ? 0 : 1;
    const cell = fakeCell(({ epoch, fit }) => epoch >= from && cell.stop(fit));
    const model = await fitted(one, one.endless === "short" ? {} : one.endless!);
    expect(model.stopped).toBe(true);
    expect(cell.last().state).toBe("stopped");
    expect(cell.last().epoch).toBeLessThan(Math.max(cell.last().epochs, 2));
    expect(await one.says(model)).toMatch(/\d/);
    expect(await one.says(model)).not.toContain("NaN");
  });
});

test.each(endless)("$name tells how far it is while it goes on", async (one) => {
  const cell = fakeCell(({ epoch, fit }) => epoch > 0 && cell.stop(fit));
  await fitted(one, one.endless as object);
  const progress = cell.shown.find(({ epoch }) => epoch > 0)!;
  expect(progress.state).toBe("running");
  expect(progress.loss.length).toBeGreaterThan(0);
  expect(progress.elapsed).toBeGreaterThan(0);
  expect(progress.remaining).toBeGreaterThan(0);
});

test.each(all.filter(({ wild }) => wild))("$name names a loss that is no longer a number", async (one) => {
  const [params, remedy] = one.wild!;
  const error: unknown = await fitted(one, params).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RangeError);
  expect(String(error)).toMatch(/: the loss became (NaN|-?Infinity) in (epoch|iteration) \d+; /);
  expect(String(error)).toContain(remedy);
});
