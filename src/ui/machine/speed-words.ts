import type { SpeedRun, SpeedStatus } from "../../state/speed.svelte.ts";
import type { Measured, Runner } from "../../specs/speed.ts";
import { ratioOf, type SpeedOutcome, type SpeedReport, type SpeedRow } from "../../specs/speed-report.ts";
import { shellText } from "../../text/shell.ts";
import { speedText } from "../../text/speed.ts";
import { fill, type Language } from "../../text/text.ts";
import { count, duration, figure, numbers } from "../../views/format.ts";

/** The name of a case; its id where the page has no word for it. */
export function caseName(id: string, language: Language): string {
  return wordOr(`case-${id}`, id, language);
}

function wordOr(key: string, otherwise: string, language: Language): string {
  const texts: { readonly [key: string]: string } = speedText[language];
  return Object.hasOwn(texts, key) ? texts[key]! : otherwise;
}

/** A case and its size: "tiny: 2,000 × 8, k = 4". */
export function sizeWords({ size, shape }: SpeedRow, language: Language): string {
  const t = speedText[language];
  return `${t[`size-${size}`]}${language === "en" ? ": " : "："}${shape}`;
}

/** The time of a step in the unit that suits it, to three digits: "1.23 ms"; a browser's clock does not tell every one from 0. */
export function stepTime(seconds: number, language: Language): string {
  const t = speedText[language];
  if (seconds === 0) return t.tooShort;
  const [text, value] =
    seconds < 1e-3
      ? [t.microseconds, seconds * 1e6]
      : seconds < 1
        ? [t.milliseconds, seconds * 1e3]
        : [t.seconds, seconds];
  return fill(text, { value: numbers(language, { maximumSignificantDigits: 3 }).format(value) });
}

/** How many times as fast as TensorFlow.js a runner of ours is: "5.2"; null where that is not known. */
export function ratioWords(row: SpeedRow, runner: Runner, language: Language): string | null {
  const ratio = ratioOf(row, runner);
  if (ratio === null) return null;
  const value = numbers(language, { maximumSignificantDigits: 2 }).format(ratio);
  return fill(speedText[language].ratio, { ratio: value });
}

/** What else is known of a measurement: GPU calls, arithmetic a second, quality. */
export function detailWords(measured: Measured, language: Language): readonly string[] {
  const t = speedText[language];
  const { dispatches, flops, seconds, quality } = measured;
  const rate = numbers(language, { maximumSignificantDigits: 3 }).format(flops / seconds / 1e9);
  return [
    ...(dispatches === null ? [] : [callWords(dispatches, language)]),
    ...(flops > 0 && seconds > 0 ? [fill(t.rate, { rate })] : []),
    fill(t.quality, {
      name: wordOr(`quality-${quality.name}`, quality.name, language),
      value: figure(quality.value, language),
    }),
  ];
}

/** GPU calls of a step. A round's calls that no single step makes leave a fraction: whole calls from ten on, else to a tenth. */
function callWords(calls: number, language: Language): string {
  const t = speedText[language];
  if (Number.isInteger(calls)) return fill(t.dispatches, { count: count(calls, language) });
  const format = numbers(language, { maximumFractionDigits: calls < 10 ? 1 : 0 });
  return fill(t.aboutDispatches, { count: format.format(calls) });
}

/** Everything about a runner in a row, part by part; empty where it was not measured. */
export function outcomeWords(row: SpeedRow, runner: Runner, language: Language): readonly string[] {
  const outcome = row.outcomes[runner];
  if (!outcome) return [];
  if (outcome.state !== "measured") return [failureWords(row, outcome, language)];
  const ratio = ratioWords(row, runner, language);
  const { measured } = outcome;
  return [
    stepTime(measured.seconds, language),
    ...(ratio === null ? [] : [ratio]),
    ...detailWords(measured, language),
  ];
}

/** Why there is nothing of a runner in a row: there is no such model for it, or it was not measured. */
export function absentWords({ runners }: SpeedRow, runner: Runner, language: Language): string {
  const t = speedText[language];
  if (!runners || runners.includes(runner)) return t.notMeasured;
  return runner.startsWith("tfjs") ? t.noTwin : t.cpuOnly;
}

/** Why there is no measurement: an error, or that it took too long. */
export function failureWords(
  { caseId }: SpeedRow,
  outcome: Exclude<SpeedOutcome, { state: "measured" }>,
  language: Language,
): string {
  const t = speedText[language];
  if (outcome.state === "failed") return fill(t.failed, outcome);
  const minutes = count(outcome.seconds / 60, language);
  return fill(t.timedOut, { model: caseName(caseId, language), minutes });
}

/** What a report was measured on, each with its name. */
export function machineWords(
  report: Pick<SpeedReport, "device" | "browser" | "cores"> & Partial<Pick<SpeedReport, "date" | "version">>,
  language: Language,
): readonly (readonly [name: string, value: string])[] {
  const t = speedText[language];
  const { device, browser, cores, date, version } = report;
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  return [
    [t.device, `${device.name} · ${shellText[language][`reason-${device.reason}`]}`],
    [t.cores, count(cores, language)],
    [t.browser, browser],
    ...(date === undefined ? [] : [[t.date, day.format(new Date(date))] as const]),
    ...(version === undefined ? [] : [[t.version, `Cohortbook ${version}`] as const]),
  ];
}

/** What is measured now, and as what of how many. */
export function progressWords(
  { job, done, total }: Extract<SpeedStatus, { state: "running" }>,
  language: Language,
): string {
  const t = speedText[language];
  const model = caseName(job.info.id, language);
  return fill(t.progress, { done: done + 1, total, model, runner: t[`runner-${job.runner}`] });
}

/** How long a run still takes at the pace so far; empty while none has been measured. */
export function leftWords(
  { done, total, since }: Extract<SpeedStatus, { state: "running" }>,
  now: number,
  language: Language,
): string {
  if (done === 0) return "";
  const seconds = (((now - since) / done) * (total - done)) / 1000;
  return fill(speedText[language].left, { time: duration(seconds, language) });
}

/** How a run ended: whether it was stopped, how many it measured, and how many failed. */
export function endedWords({ measured, failed, total, stopped }: SpeedRun, language: Language): string {
  const t = speedText[language];
  return fill(stopped ? t.stopped : t.ended, { measured, failed, total });
}
