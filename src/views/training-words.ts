import { minIndex } from "d3-array";
import type { DeviceInfo, FitStarts, TrainingSpec, TrainingUnit } from "../specs/training.ts";
import { fill, type Language } from "../text/text.ts";
import { viewTexts } from "../text/views.ts";
import { count, duration, loss } from "./format.ts";
import type { Role } from "./shape.ts";

/** The state of a fit in words, with the role that colours it. */
export function stateOf(
  spec: TrainingSpec,
  language: Language,
): { readonly text: string; readonly role: Role } {
  const texts = viewTexts[language];
  switch (spec.state) {
    case "running":
      return { text: isSearch(spec) ? texts.stateSearching : texts.stateRunning, role: "accent" };
    case "done":
      return { text: texts.stateDone, role: "accent" };
    case "stopped":
      return { text: texts.stateStopped, role: "warn" };
    case "aborted":
      return { text: texts.stateAborted, role: "warn" };
    case "failed":
      return { text: texts.stateFailed, role: "fail" };
    default:
      return spec.state satisfies never;
  }
}

/** Whether it is a search, which has rows or items for epochs and no loss. */
export function isSearch({ counts }: TrainingSpec): boolean {
  return counts === "rows" || counts === "items";
}

/** What a fit goes by. A search, which goes by rows or items, has no curves that need it. */
export function unitOf({ counts = "epochs" }: TrainingSpec): TrainingUnit {
  return counts === "rows" || counts === "items" ? "epochs" : counts;
}

/** A point of a fit: "epoch 3", "iteration 3". */
export function pointWords(spec: TrainingSpec, epoch: number, language: Language): string {
  return fill(viewTexts[language][`at-${unitOf(spec)}`], { epoch: count(epoch, language) });
}

/** How far a fit is and how long it takes: "epoch 3 of 20", "1.2 s so far", "about 7 s left". */
export function progressWords(spec: TrainingSpec, language: Language): string[] {
  const texts = viewTexts[language];
  const elapsed = duration(spec.elapsed, language);
  const spent = fill(spec.state === "running" ? texts.elapsed : texts.took, { time: elapsed });
  if (spec.starts) return [...startWords(spec.starts, spec.epochs, language), spent];
  const epochs = fill(texts[`of-${spec.counts ?? "epochs"}`], {
    epoch: count(spec.epoch, language),
    epochs: count(spec.epochs, language),
  });
  const isTimed = spec.state === "running" && Number.isFinite(spec.remaining);
  const left = isTimed ? [fill(texts.remaining, { time: duration(spec.remaining, language) })] : [];
  return [epochs, spent, ...left];
}

/** Which start and which of its iterations it is; no time is left to tell, for convergence ends it. At last what is kept. */
function startWords(
  { start, starts, iteration, kept }: FitStarts,
  epochs: number,
  language: Language,
): string[] {
  const texts = viewTexts[language];
  const which = fill(kept === null ? texts.ofStarts : texts.keptStart, { start, starts });
  const at = fill(kept === null ? texts.ofAtMost : texts.iterations, {
    epoch: count(iteration, language),
    epochs: count(epochs / starts, language),
  });
  return [...(starts > 1 ? [which] : []), at];
}

/** The losses now and at their best, and a warning where one is no longer a number. */
export function lossWords(spec: TrainingSpec, language: Language): string[] {
  const texts = viewTexts[language];
  const kept = spec.starts?.kept ?? null;
  if (kept !== null) return [fill(texts.keptInertia, { now: loss(kept, language) })];
  return [
    ...lossOf(
      spec,
      spec.loss,
      spec.starts ? texts.nowInertia : texts[`now-${spec.measure ?? "loss"}`],
      language,
    ),
    ...lossOf(spec, spec.validationLoss, texts.validationLoss, language),
  ];
}

/** How many times the loss of a model that has learnt nothing a loss must be to say that the fit diverges: what is begun badly and mends is below. */
const divergent = 10;

/** A warning where the loss has stopped being a number, or is far above that of a model that has learnt nothing; else none. */
export function lostWords(spec: TrainingSpec, language: Language): string[] {
  const texts = viewTexts[language];
  const from = spec.loss.findLastIndex(Number.isFinite) + 1;
  if (from < spec.loss.length)
    return [fill(texts[`lost-${spec.measure ?? "loss"}`], { at: pointWords(spec, from + 1, language) })];
  const { losses, epoch } = judged(spec);
  const times = (losses[epoch] ?? 0) / (spec.untrained ?? 0);
  if (!(times > divergent && times < Infinity)) return [];
  const text = losses === spec.loss ? texts.diverges : texts.divergesHeld;
  return [fill(text, { at: pointWords(spec, epoch + 1, language), times: loss(times, language) })];
}

/** The loss that tells how good the model is: the last, or once the fit is over the best on rows that are held out, whose parameters are kept. */
function judged({ state, loss, validationLoss }: TrainingSpec): { losses: Float64Array; epoch: number } {
  return state === "running" || validationLoss.length === 0
    ? { losses: loss, epoch: loss.length - 1 }
    : { losses: validationLoss, epoch: bestEpoch(validationLoss) };
}

/** Each device that was lost on the way, and how the fit went on. */
export function resumedWords(spec: TrainingSpec, language: Language): string[] {
  const texts = viewTexts[language];
  return (spec.resumed ?? []).map(({ lostIn, from, device }) =>
    fill(from > 0 ? texts.resumed : texts.begunAgain, {
      lost: pointWords(spec, lostIn, language),
      from: pointWords(spec, from, language),
      device,
    }),
  );
}

/** The device a fit runs on, and why there. */
export function deviceWords(device: DeviceInfo, language: Language): string {
  const texts = viewTexts[language];
  const reasons: { readonly [reason in DeviceInfo["reason"]]: string } = {
    "real-adapter": texts.reasonReal,
    "no-adapter": texts.reasonNone,
    "fallback-adapter": texts.reasonFallback,
    forced: texts.reasonForced,
    "device-lost": texts.reasonLost,
    "gpu-limits": texts.reasonLimits,
    "cpu-model": texts.reasonModel,
    "little-work": texts.reasonLittle,
  };
  return fill(device.tier === "webgpu" ? texts.deviceGpu : texts.deviceCpu, {
    name: device.name,
    reason: reasons[device.reason],
  });
}

/** A fit in one line: what, how it ended, how far it came, its loss, how long, on what. */
export function trainingLine(spec: TrainingSpec, language: Language): string {
  return [
    spec.title,
    stateOf(spec, language).text,
    ...progressWords(spec, language),
    ...lossWords(spec, language).slice(-1),
    spec.device.name,
  ].join(" · ");
}

/** The index of the lowest finite loss, or −1. */
export function bestEpoch(values: Float64Array): number {
  return minIndex(values, (value) => (Number.isFinite(value) ? value : NaN));
}

function lossOf(spec: TrainingSpec, values: Float64Array, text: string, language: Language): string[] {
  if (values.length === 0) return [];
  const best = bestEpoch(values);
  return [
    fill(text, {
      now: loss(values.at(-1)!, language),
      best: best < 0 ? "—" : loss(values[best]!, language),
      at: best < 0 ? "—" : pointWords(spec, best + 1, language),
    }),
  ];
}
