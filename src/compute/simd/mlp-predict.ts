import { pacer } from "../../core/pause.ts";
import { copyRow } from "../copy-row.ts";
import type { MlpNetwork } from "../mlp-network.ts";
import { lossKind, mlpKernels, MlpMemory, rowsAtOnce } from "./mlp-memory.ts";
import { openSimd } from "./simd.ts";

/** Rows that pass through a network at once where nothing is learned. */
const blockRows = 1024;

/** What a network gives for rows by SIMD kernels, as `mlpPredictions` says. x: rows × inputs. */
export async function simdMlpPredictions(
  network: MlpNetwork,
  parameters: Float32Array,
  x: Float32Array,
): Promise<Float32Array> {
  const [inputs, outputs] = [network.units[0]!, network.units.at(-1)!];
  const rows = x.length / inputs;
  const result = new Float32Array(rows * outputs);
  const most = rowsAtOnce(network, Math.min(blockRows, Math.max(rows, 1)));
  const memory = new MlpMemory(openSimd(...mlpKernels), network, most);
  memory.set(parameters);
  const block = memory.simd.f32(most * memory.inputRow);
  const rest = pacer(20);
  for (let from = 0; from < rows; from += most) {
    const count = Math.min(most, rows - from);
    const into = block.view();
    for (let i = 0; i < count; i++) copyRow(x, (from + i) * inputs, inputs, into, i * memory.inputRow);
    memory.kernels.mlpForward(memory.at, block.at, count);
    memory.kernels.toPredictions(lossKind(network), memory.last.at, count, outputs, memory.outputRow);
    const given = memory.last.view();
    for (let i = 0; i < count; i++)
      copyRow(given, i * memory.outputRow, outputs, result, (from + i) * outputs);
    await rest();
  }
  return result;
}
