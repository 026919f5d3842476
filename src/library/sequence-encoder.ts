import type { Sequences } from "../compute/sequences.ts";
import type { EventSequence, EventStep } from "./event-sequences.ts";
import { describe } from "./inputs.ts";

/** How sequences become numbers: the kinds of event seen in fit, in order, and how each number of an event is standardised. */
export interface SequenceEncoding {
  /** Kind i has row i + 1 of the embedding; row 0 is for those never seen. */
  readonly kinds: readonly (string | number)[];
  readonly means: Float64Array;
  /** Standard deviations, 1 where a number is always the same. */
  readonly scales: Float64Array;
}

/** The last `maxLength` events of each sequence, checked. A step that is no event, or has other numbers than the first, is a TypeError that names sequence and event. */
export function checkedSequences(
  X: readonly EventSequence[],
  maxLength: number,
  what: string,
  numbers?: number,
): EventSequence[] {
  if (!Array.isArray(X))
    throw new TypeError(
      `${what}: expected an array of sequences, got ${describe(X)}; eventSequences makes one of a table`,
    );
  let wanted = numbers;
  return (X as readonly EventSequence[]).map((sequence, i) => {
    if (!Array.isArray(sequence))
      throw new TypeError(`${what}: expected an array of events, got ${describe(sequence)} in row ${i}`);
    for (const [j, step] of sequence.entries()) {
      const where = `in event ${j} of row ${i}`;
      const [kind, ...values] = Array.isArray(step) ? (step as unknown[]) : [step as unknown];
      if (!(typeof kind === "string" || Number.isInteger(kind)))
        throw new TypeError(
          `${what}: expected text or a whole number as an event, got ${describe(kind)} ${where}` +
            (Number.isFinite(kind) ? "; numbers go beside the event: [event, number]" : ""),
        );
      wanted ??= values.length;
      if (values.length !== wanted)
        throw new TypeError(
          `${what}: expected ${wanted} numbers with each event, got ${values.length} ${where}`,
        );
      for (const value of values)
        if (!Number.isFinite(value))
          throw new TypeError(`${what}: expected numbers with events, got ${describe(value)} ${where}`);
    }
    return (sequence as EventSequence).slice(-maxLength);
  });
}

/** The encoding that these sequences ask for. */
export function encodingOf(sequences: readonly EventSequence[]): SequenceEncoding {
  const steps = sequences.flat();
  const kinds = [...new Set(steps.map(kindOf))];
  const width = steps.length ? numbersOf(steps[0]!).length : 0;
  const means = new Float64Array(width);
  const scales = new Float64Array(width);
  for (const step of steps)
    for (const [k, value] of numbersOf(step).entries()) means[k]! += value / steps.length;
  for (const step of steps)
    for (const [k, value] of numbersOf(step).entries()) scales[k]! += (value - means[k]!) ** 2 / steps.length;
  return { kinds, means, scales: scales.map((variance) => Math.sqrt(variance) || 1) };
}

/** Sequences as numbers. */
export function encoded(
  sequences: readonly EventSequence[],
  { kinds, means, scales }: SequenceEncoding,
): Sequences {
  const rows = new Map(kinds.map((kind, i) => [kind, i + 1]));
  const starts = new Int32Array(sequences.length + 1);
  for (const [i, sequence] of sequences.entries()) starts[i + 1] = starts[i]! + sequence.length;
  const numbers = new Float32Array(starts.at(-1)! * means.length);
  const kindRows = new Int32Array(starts.at(-1)!);
  let event = 0;
  for (const sequence of sequences)
    for (const step of sequence) {
      kindRows[event] = rows.get(kindOf(step)) ?? 0;
      for (const [k, value] of numbersOf(step).entries())
        numbers[event * means.length + k] = (value - means[k]!) / scales[k]!;
      event++;
    }
  return { starts, kinds: kindRows, numbers };
}

function kindOf(step: EventStep): string | number {
  return typeof step === "object" ? step[0] : step;
}

const none: readonly number[] = [];

function numbersOf(step: EventStep): readonly number[] {
  return typeof step === "object" ? (step.slice(1) as number[]) : none;
}
