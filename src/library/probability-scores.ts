import { Matrix } from "../data/matrix.ts";
import { checkedLabels } from "./binary.ts";
import type { Label, Labels, Numbers } from "./estimator.ts";
import { checkSameRows, toLabels, toMatrix, toNumbers } from "./inputs.ts";

/** Options of `logLoss` and `brierScore`. */
export interface ProbabilityScoreOptions {
  /** All classes, needed where yTrue does not hold each of them. Default the labels of yTrue. */
  readonly labels?: readonly Label[];
}

/**
 * Mean logarithmic loss in nats, ≥ 0, lower is better: −Σᵢ log p(class of row i) / n, p clipped to [ε, 1 − ε] with ε = 2⁻⁵² (2⁻²³ for
 * single precision).
 * yTrue: n labels; yPred: n probabilities of the greater of two labels, or n × classes (columns in sorted order of the labels).
 * Probabilities outside [0, 1] are a RangeError. As scikit-learn's log_loss.
 */
export function logLoss(
  yTrue: Labels,
  yPred: Numbers | Matrix,
  options: ProbabilityScoreOptions = {},
): number {
  const { codes, probabilities } = toProbabilities("logLoss", yTrue, yPred, options.labels);
  const given: unknown = yPred instanceof Matrix ? yPred.data : yPred;
  const epsilon = given instanceof Float32Array ? 2 ** -23 : 2 ** -52;
  let sum = 0;
  for (let i = 0; i < codes.length; i++) {
    const p = probabilities.at(i, codes[i]!);
    sum -= Math.log(Math.min(Math.max(p, epsilon), 1 - epsilon));
  }
  return sum / codes.length;
}

/**
 * Brier score, in [0, 1] for two classes and [0, 2] for more, lower is better: Σᵢ (pᵢ − [row i is positive])² / n; for more than two
 * classes the squares are summed over all of them. yTrue and yPred as in `logLoss`. As scikit-learn's brier_score_loss. Source: Brier 1950.
 */
export function brierScore(
  yTrue: Labels,
  yPred: Numbers | Matrix,
  options: ProbabilityScoreOptions = {},
): number {
  const { codes, probabilities } = toProbabilities("brierScore", yTrue, yPred, options.labels);
  let sum = 0;
  for (let i = 0; i < codes.length; i++)
    for (const [k, p] of probabilities.row(i).entries()) sum += (p - (k === codes[i] ? 1 : 0)) ** 2;
  return sum / codes.length / (probabilities.columns === 2 ? 2 : 1);
}

/** The class of each row and its probability of each class, n × classes. */
function toProbabilities(what: string, yTrue: Labels, yPred: Numbers | Matrix, labels?: readonly Label[]) {
  const seen = toLabels(yTrue, `${what}: yTrue`);
  const classes = labels ? checkedLabels(what, seen.classes, labels) : seen.classes;
  if (classes.length < 2)
    throw new RangeError(`${what}: yTrue has only ${JSON.stringify(classes[0])}; give all classes in labels`);
  const places = seen.classes.map((label) => classes.indexOf(label));
  const probabilities =
    yPred instanceof Matrix ? toMatrix(yPred, `${what}: yPred`) : bothColumns(yPred, what);
  checkProbabilities(probabilities, what);
  checkSameRows("yTrue", seen.codes.length, "yPred", probabilities.rows);
  if (probabilities.columns !== classes.length)
    throw new RangeError(
      `${what}: expected a column for each of ${classes.length} classes, got ${probabilities.columns}`,
    );
  return { codes: seen.codes.map((code) => places[code]!), probabilities };
}

/** Probabilities of the positive class as both columns, n×2. */
function bothColumns(yPred: Numbers, what: string): Matrix<Float64Array> {
  const positive = toNumbers(yPred, `${what}: yPred`);
  const data = new Float64Array(2 * positive.length);
  for (const [i, p] of positive.entries()) {
    data[2 * i] = 1 - p;
    data[2 * i + 1] = p;
  }
  return new Matrix(data, positive.length, 2);
}

function checkProbabilities({ data, columns }: Matrix<Float64Array>, what: string): void {
  // Read from the end of a row, since 1 − p stands before the p that a person gave.
  for (let i = 0; i < data.length; i += columns)
    for (let j = columns - 1; j >= 0; j--) {
      const p = data[i + j]!;
      if (p < 0 || p > 1)
        throw new RangeError(
          `${what}: yPred: expected probabilities in [0, 1], got ${p} in row ${i / columns}`,
        );
    }
}
