import { seededRandom } from "../../src/core/random.ts";
import type { RocCurve, RocSpec } from "../../src/specs/roc.ts";
import type { SurvivalCurve, SurvivalSpec } from "../../src/specs/survival.ts";
import type { DeviceInfo, TrainingSpec } from "../../src/specs/training.ts";

const z = 1.959963984540054;

/** A Kaplan–Meier curve of n simulated customers who leave at `rate` a month and are seen for at most `end` months. */
function survivalCurve(label: string, n: number, rate: number, seed: number, end = 72): SurvivalCurve {
  const random = seededRandom(seed);
  const lives = Array.from({ length: n }, () => {
    const life = Math.ceil(-Math.log(1 - random.next()) / rate);
    const seen = 1 + random.integer(end);
    return { time: Math.min(life, seen), left: life <= seen };
  });
  const time = [0];
  const [survival, lower, upper, atRisk] = [[1], [1], [1], [n]];
  let variance = 0;
  for (let t = 1; t <= end; t++) {
    const risk = lives.filter((life) => life.time >= t).length;
    if (risk === 0) break;
    const deaths = lives.filter((life) => life.time === t && life.left).length;
    const s = survival.at(-1) * (1 - deaths / risk);
    variance += deaths / (risk * (risk - deaths));
    const spread = (z * Math.sqrt(variance)) / Math.abs(Math.log(s));
    time.push(t);
    survival.push(s);
    lower.push(s < 1 ? s ** Math.exp(spread) : 1);
    upper.push(s < 1 ? s ** Math.exp(-spread) : 1);
    atRisk.push(risk);
  }
  const [T, S, L, U, R] = [time, survival, lower, upper, atRisk].map((values) => Float64Array.from(values));
  return { label, time: T!, survival: S!, lower: L!, upper: U!, atRisk: R! };
}

/** The curve a rate gives exactly, as planted truth. */
export function truthCurve(label: string, rate: number, end = 72): SurvivalCurve {
  const time = Float64Array.from({ length: end + 1 }, (_, t) => t);
  const missing = new Float64Array(end + 1).fill(NaN);
  const survival = time.map((t) => Math.exp(-rate * t));
  return { label, time, survival, lower: missing, upper: missing, atRisk: missing, truth: true };
}

/** Three contracts with bands, as a telephone company sees them. */
export function contracts(): SurvivalSpec {
  return {
    view: "survival",
    title: "Retention by contract",
    level: 0.95,
    timeUnit: "months",
    curves: [
      survivalCurve("Month-to-month", 3875, 0.033, 1),
      survivalCurve("One year", 1473, 0.006, 2),
      survivalCurve("Two year", 1695, 0.0012, 3),
    ],
  };
}

/** One estimate over the truth that made it. */
export function estimateAndTruth(): SurvivalSpec {
  return {
    view: "survival",
    level: 0.95,
    timeUnit: "weeks",
    curves: [survivalCurve("estimate", 300, 0.05, 4, 52), truthCurve("truth", 0.05, 52)],
  };
}

/** Many curves that lie close together. */
export function manyCurves(count: number, label = (i: number): string => `Cohort ${i + 1}`): SurvivalSpec {
  return {
    view: "survival",
    title: `${count} cohorts`,
    level: 0.95,
    timeUnit: "days",
    curves: Array.from({ length: count }, (_, i) =>
      survivalCurve(label(i), 400, 0.012 + 0.0004 * i, 10 + i, 90),
    ),
  };
}

/** The ROC curve of n scores whose two classes lie `distance` apart. */
function rocCurve(label: string, n: number, distance: number, seed: number): RocCurve {
  const random = seededRandom(seed);
  const noise = (): number => random.next() + random.next() + random.next() - 1.5;
  const rows = Array.from({ length: n }, () => {
    const positive = random.next() < 0.3;
    return { positive, score: noise() + (positive ? distance : 0) };
  }).sort((a, b) => b.score - a.score);
  const positives = rows.filter((row) => row.positive).length;
  const falsePositiveRate = new Float64Array(n + 1);
  const truePositiveRate = new Float64Array(n + 1);
  let auc = 0;
  for (const [i, row] of rows.entries()) {
    truePositiveRate[i + 1] = truePositiveRate[i]! + (row.positive ? 1 / positives : 0);
    falsePositiveRate[i + 1] = falsePositiveRate[i]! + (row.positive ? 0 : 1 / (n - positives));
    if (!row.positive) auc += truePositiveRate[i]! / (n - positives);
  }
  return { label, falsePositiveRate, truePositiveRate, auc };
}

/** Two classifiers and a weak one. */
export function classifiers(): RocSpec {
  return {
    view: "roc",
    curves: [
      rocCurve("LogisticRegression", 900, 0.75, 1),
      rocCurve("MLPClassifier", 900, 0.85, 2),
      rocCurve("tenure alone", 900, 0.3, 3),
    ],
  };
}

const gpu: DeviceInfo = { tier: "webgpu", name: "NVIDIA RTX A2000", reason: "real-adapter" };

/** A fit of `epochs` epochs, `epoch` of which are done. */
export function training(
  epoch: number,
  epochs: number,
  state: TrainingSpec["state"],
  device = gpu,
): TrainingSpec {
  const random = seededRandom(5);
  const loss = Float64Array.from(
    { length: epoch },
    (_, i) => 0.41 + 0.28 * Math.exp(-i / 5) + 0.004 * random.next(),
  );
  const validationLoss = loss.map((value, i) => value + 0.008 + 0.00002 * i * i);
  return {
    view: "training",
    fit: "fit-1",
    state,
    title: "MLPClassifier",
    device,
    epoch,
    epochs,
    loss,
    validationLoss,
    elapsed: epoch * 0.21,
    remaining: epoch > 0 ? (epochs - epoch) * 0.21 : NaN,
  };
}

/** A search that is under way. */
export function searching(): TrainingSpec {
  const none = { loss: new Float64Array(), validationLoss: new Float64Array() };
  return { ...training(12_288, 50_000, "running"), ...none, title: "NearestNeighbors", counts: "rows" };
}

/** A fit on the CPU because the browser has no GPU. */
export const cpu: DeviceInfo = { tier: "wasm", name: "CPU (SIMD)", reason: "no-adapter" };
