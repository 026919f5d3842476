import { Matrix } from "../../data/matrix.ts";
import { HistGradientBoostingClassifier } from "../../library/hist-gradient-boosting-classifier.ts";
import { RandomForestClassifier } from "../../library/random-forest-classifier.ts";
import { rocAucScore } from "../../library/roc-curve.ts";
import { twoClasses, type SpeedClasses } from "../data.ts";
import type { CaseParts } from "../speed-case.ts";
import { figures, speedCase } from "../speed-case.ts";

interface Shape {
  readonly rows: number;
  readonly columns: number;
}

type Model = HistGradientBoostingClassifier | RandomForestClassifier;

const trees = 100;
const depth = 6;

/** Gradient boosting of 100 trees of depth 6. */
export const gradientBoosting = speedCase({
  ...treeParts(
    () =>
      new HistGradientBoostingClassifier({
        maxIter: trees,
        maxDepth: depth,
        maxLeafNodes: null,
        earlyStopping: false,
      }),
  ),
  id: "gradient-boosting",
  shapes: {
    tiny: { rows: 300, columns: 4 },
    small: { rows: 20_000, columns: 20 },
    large: { rows: 100_000, columns: 20 },
  },
  // Two sums of each column's bins a level.
  flops: ({ rows, columns }) => 2 * trees * depth * rows * columns,
  floorBytes: ({ rows, columns }) => trees * rows * (columns + 8),
});

/** A random forest of 100 trees. */
export const randomForest = speedCase({
  ...treeParts(() => new RandomForestClassifier({ nEstimators: trees })),
  id: "random-forest",
  shapes: {
    tiny: { rows: 200, columns: 4 },
    small: { rows: 5000, columns: 20 },
    large: { rows: 20_000, columns: 20 },
  },
  flops: ({ rows, columns }) =>
    2 * trees * rows * Math.floor(Math.sqrt(columns)) * Math.ceil(Math.log2(rows)),
  floorBytes: ({ rows, columns }) => trees * rows * (columns + 8),
});

/** What both have in common: nothing of them is on the GPU, or in TF.js. */
function treeParts(
  make: () => Model,
): Omit<CaseParts<Shape, SpeedClasses>, "id" | "shapes" | "flops" | "floorBytes"> {
  return {
    describe: ({ rows, columns }) => `${figures(rows, columns)}, ${trees}`,
    runners: ["wasm"],
    rounds: 2,
    quality: "AUC",
    stepData: null,
    data: ({ rows, columns }) => twoClasses(rows, columns),
    async ours(_, { rows, columns, x, y, held }) {
      const X = new Matrix(x, rows, columns);
      let model = make();
      return {
        steps: 1,
        async round() {
          model = await make().fit(X, y);
        },
        async quality() {
          const found = await model.predictProba(new Matrix(held.x, held.rows, columns));
          return rocAucScore(held.y, found.column(1));
        },
        dispose: () => undefined,
      };
    },
  };
}
