import { numbersBelow } from "../../core/numbers-below.ts";
import { pacer } from "../../core/pause.ts";
import type { RecurrentNetwork } from "../recurrent-network.ts";
import { longestFirst, partsOf, type Sequences } from "../sequences.ts";
import { RecurrentMemory } from "./recurrent-memory.ts";

/** Sequences that pass through a network at once where nothing is learned. */
const most = 256;

/** What a network gives for sequences by SIMD kernels, as `recurrentProbabilities` says. */
export async function simdRecurrentProbabilities(
  network: RecurrentNetwork,
  parameters: Float32Array,
  sequences: Sequences,
): Promise<Float32Array> {
  const { outputs } = network;
  const count = sequences.starts.length - 1;
  const memory = new RecurrentMemory(network, sequences, most);
  memory.parameters.view().set(parameters);
  const result = new Float32Array(count * outputs);
  const sorted = longestFirst(numbersBelow(count), sequences.starts);
  const rest = pacer(20);
  for (let from = 0; from < count; from += most) {
    for (const part of partsOf(sorted.subarray(from, from + most), sequences, memory.events)) {
      const { kernels, at, outputWidth } = memory;
      kernels.recurrentForward(at, memory.place(part), part.length);
      kernels.toPredictions(outputs === 1 ? 0 : 1, memory.outputs.at, part.length, outputs, outputWidth);
      const given = memory.outputs.view();
      for (const [i, sequence] of part.entries())
        result.set(given.subarray(i * outputWidth, i * outputWidth + outputs), sequence * outputs);
      await rest();
    }
  }
  return result;
}
