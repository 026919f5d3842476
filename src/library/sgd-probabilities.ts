import { Matrix } from "../data/matrix.ts";

/** Scores of linear classifiers, n×1 or n × classes, as probabilities, n × classes; of rows that no class claims all classes are equal. Source: Zadrozny & Elkan 2002, as scikit-learn does it. */
export function sgdProbabilities(
  scores: Matrix<Float64Array>,
  loss: "log_loss" | "modified_huber",
): Matrix<Float64Array> {
  const share = loss === "log_loss" ? logistic : clipped;
  const classes = Math.max(2, scores.columns);
  const data = new Float64Array(scores.rows * classes);
  for (let i = 0; i < scores.rows; i++) {
    const row = scores.row(i);
    const into = data.subarray(i * classes, (i + 1) * classes);
    if (row.length === 1) into.set([share(-row[0]!), share(row[0]!)]);
    else {
      const shares = Float64Array.from(row, share);
      const sum = shares.reduce((total, each) => total + each, 0);
      into.set(shares.map((each) => (sum > 0 ? each / sum : 1 / classes)));
    }
  }
  return new Matrix(data, scores.rows, classes);
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

function clipped(score: number): number {
  return (Math.max(-1, Math.min(1, score)) + 1) / 2;
}
