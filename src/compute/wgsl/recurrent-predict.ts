import { numbersBelow } from "../../core/numbers-below.ts";
import { pause } from "../../core/pause.ts";
import type { RecurrentNetwork } from "../recurrent-network.ts";
import { batchesOf, longestFirst, partsOf, type Sequences } from "../sequences.ts";
import { gpuDevice } from "../tfjs.ts";
import { Gpu } from "./gpu.ts";
import { recurrentRoom } from "./recurrent-room.ts";
import { sequenceKernel, sequenceSingles } from "./recurrent-rows.ts";
import { layOut, uploadSequences } from "./recurrent-trainer.ts";
import { Steps } from "./steps.ts";

/** Sequences that pass through a network at once, and bytes of the room for their events. */
const most = 512;
const roomBytes = 64 * 1024 ** 2;

/** What a network gives for sequences on the GPU, as `recurrentProbabilities` says. */
export async function wgslRecurrentProbabilities(
  network: RecurrentNetwork,
  parameters: Float32Array,
  sequences: Sequences,
): Promise<Float32Array> {
  const { outputs } = network;
  const count = sequences.starts.length - 1;
  const result = new Float32Array(count * outputs);
  if (count === 0) return result;
  const gpu = new Gpu(await gpuDevice());
  try {
    const room = recurrentRoom(network);
    gpu.checkWorkgroup(sequenceSingles(room));
    const pipeline = await gpu.pipeline(sequenceKernel(room, "predict"));
    const steps = new Steps(gpu);
    const { sequence, numbers, kinds } = uploadSequences(gpu, sequences);
    const every = numbersBelow(count);
    const atOnce = Math.max(Math.floor(roomBytes / (4 * room.row)), 1);
    const batches = batchesOf(longestFirst(every, sequences.starts), most).flatMap((batch) =>
      partsOf(batch, sequences, atOnce),
    );
    const { places, values } = layOut(
      batches.map((batch) => ({ batch, number: 0, singles: [] })),
      sequences,
      kinds,
    );
    const theta = gpu.buffer(parameters as Float32Array<ArrayBuffer>);
    const order = gpu.buffer(places);
    const events = values.reduce((longest, { whole }) => Math.max(longest, whole[2]!), 0);
    const rows = gpu.buffer(events * room.row);
    const given = gpu.buffer(count * outputs);
    const bindings = gpu.bind(pipeline, steps.binding(0), theta, sequence, numbers, order, rows, given);
    for (const [i, batch] of batches.entries()) {
      steps.write([values[i]!]);
      gpu.submit([{ pipeline, bindings, workgroups: batch.length }]);
      await gpu.done();
      await pause();
    }
    const said = await gpu.readSingles(given, count * outputs);
    for (let i = 0; i < count; i++)
      result.set(said.subarray(i * outputs, (i + 1) * outputs), places[2 * i]! * outputs);
    return result;
  } finally {
    gpu.dispose();
  }
}
