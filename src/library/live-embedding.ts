import { Matrix } from "../data/matrix.ts";
import { Table } from "../data/table.ts";
import type { EmbeddingSpec } from "../specs/embedding.ts";
import { embedding, type EmbeddingOptions } from "./embedding.ts";
import type { Features, Labels } from "./estimator.ts";
import type { FitCallback, FitIteration } from "./fit-callback.ts";
import { FollowedPlane } from "./followed-plane.ts";
import { toMatrix } from "./inputs.ts";
import { checkParam } from "./params.ts";
import { RedrawPace } from "./redraw-pace.ts";
import { session, type Session } from "./session.ts";

/** What a live map shows besides its points. A function is given the estimator as it is by then: `({ labels }) => labels`. */
export interface LiveEmbeddingOptions<Model> extends Omit<EmbeddingOptions, "color" | "label" | "centres"> {
  /** Colours the points, as in `embedding`. */
  readonly color?: Labels | ((model: Model) => Labels);
  /** What each point is called when it is pointed at. */
  readonly label?: Labels;
  /** Centres of clusters, as wide as the points, drawn as rings. */
  readonly centres?: Features | ((model: Model) => Features);
  /** Seconds that the fit waits after each iteration, each of which is then shown, so that a person can follow. Default 0: it never waits, and most iterations are left out. */
  readonly pace?: number;
}

const maps = new WeakMap<Session, number>();

/**
 * A callback of `fit` that shows a map of points while the model trains, and at last as it was fitted; a person can pan, zoom and read it
 * meanwhile: `fit(userItems, { callback: liveEmbedding(({ itemFactors }) => itemFactors, { color }) })`.
 * `points`: n×d, d ≥ 2, or a function that gives them of the estimator as it is by then. Those of more than two columns are seen on the plane of
 * most variance, which is followed as they move. It is drawn anew at most ten times a second, never before the page has drawn it last, and so seldom
 * that this takes about 4 % of the fit's time; `pace` shows every iteration instead. Each fit that it is given to, one after the other, has a map of
 * its own. Outside a cell it does nothing. Errors are those of `embedding`.
 */
export function liveEmbedding<Model>(
  points: Features | ((model: Model) => Features),
  options: LiveEmbeddingOptions<Model> = {},
): FitCallback<Model> {
  const { pace = 0 } = options;
  checkParam("liveEmbedding", "pace", pace, "a number of seconds, 0 or more", pace >= 0 && pace < Infinity);
  let map: LiveMap<Model> | null = null;
  const callback = async ({ iteration, fittedEstimator }: FitIteration<Model>): Promise<void> => {
    // Also the fit before may have ended without a teardown, by an error.
    if (iteration === 0) map = null;
    map ??= mapOfFit(points, options);
    if (!map || !(pace > 0 || map.redraws.due)) return;
    const { redraws, specs, show } = map;
    await redraws.draw(async () => specs.of(await fittedEstimator()), show);
    if (pace > 0) await new Promise((resolve) => setTimeout(resolve, 1000 * pace));
  };
  const teardown = (model: Model): void => {
    map ??= mapOfFit(points, options);
    map?.show(map.specs.of(model));
    map = null;
  };
  return Object.assign(callback, { teardown });
}

/** The map of one fit, in the cell that runs it. */
interface LiveMap<Model> {
  readonly specs: LiveSpecs<Model>;
  readonly redraws: RedrawPace;
  readonly show: (spec: EmbeddingSpec) => unknown;
}

/** A new map, or null outside a cell. */
function mapOfFit<Model>(
  points: Features | ((model: Model) => Features),
  options: LiveEmbeddingOptions<Model>,
): LiveMap<Model> | null {
  const cell = session();
  if (!cell) return null;
  const id = nextId(cell);
  return {
    specs: new LiveSpecs(points, options),
    redraws: new RedrawPace(),
    show: (spec) => cell.display(spec, { id }),
  };
}

/** The specs of one live map: what does not change is made once. */
class LiveSpecs<Model> {
  readonly #plane = new FollowedPlane();
  #columns = 0;
  #axes: Partial<Pick<EmbeddingSpec, "columns" | "principalOf">> = {};
  #places: Matrix | null = null;
  #first: EmbeddingSpec | null = null;

  constructor(
    private readonly points: Features | ((model: Model) => Features),
    private readonly options: LiveEmbeddingOptions<Model>,
  ) {}

  /** The map as it is with that estimator. */
  of(model: Model): EmbeddingSpec {
    const { color, label, centres, pace: _, ...rest } = this.options;
    const places = this.#placesBy(model);
    const moving = {
      ...rest,
      ...(typeof color === "function" && { color: color(model) }),
      ...(centres && { centres: this.#seen(typeof centres === "function" ? centres(model) : centres) }),
    };
    if (this.#first) return { ...this.#first, ...embedding(places, moving), ...this.#axes };
    const still = typeof color === "function" || color === undefined ? {} : { color };
    const first = embedding(places, { ...still, ...moving, ...(label && { label }) });
    return (this.#first = { ...first, ...this.#axes });
  }

  #placesBy(model: Model): Matrix {
    const { points } = this;
    if (this.#places && typeof points !== "function") return this.#places;
    const features = typeof points === "function" ? points(model) : points;
    const given = matrixOf(features);
    this.#columns = given.columns;
    this.#axes = axesOf(features, given.columns);
    if (given.columns > 2) this.#plane.follow(given);
    return (this.#places = this.#seen(given));
  }

  /** Points, or centres among them, as they are where they have two columns, else on the plane. */
  #seen(points: Features): Matrix {
    const matrix = matrixOf(points);
    if (matrix.columns !== this.#columns)
      throw new RangeError(
        `liveEmbedding: centres: expected ${this.#columns} columns, as the points have, got ${matrix.columns}`,
      );
    return matrix.columns > 2 ? this.#plane.project(matrix) : matrix;
  }
}

/** What the axes of a map are called; nothing, where `embedding` names them. */
function axesOf(points: Features, width: number): Partial<Pick<EmbeddingSpec, "columns" | "principalOf">> {
  if (width > 2) return { columns: ["PC 1", "PC 2"], principalOf: width };
  const [x, y] = points instanceof Table ? points.columns : [];
  return x !== undefined && y !== undefined ? { columns: [x, y] } : {};
}

function matrixOf(points: Features): Matrix {
  return points instanceof Matrix ? points : toMatrix(points, "liveEmbedding");
}

/** An id for another map of the cell. */
function nextId(cell: Session): string {
  const count = (maps.get(cell) ?? 0) + 1;
  maps.set(cell, count);
  return `live-embedding-${count}`;
}
