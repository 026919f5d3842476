import { mime, type CellError, type Output } from "../../protocol/output.ts";

/** What a cell threw, where one of its outputs is an error. */
export function errorOf(outputs: readonly Output[]): CellError | null {
  const failed = outputs.find(({ data }) => mime.error in data);
  return failed ? (failed.data[mime.error] as unknown as CellError) : null;
}
