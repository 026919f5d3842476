import type { ImportNote, ImportProgress, ImportRefusal } from "../../protocol/import.ts";
import { columnNames } from "../names.ts";
import { pause } from "../../core/pause.ts";
import { ArrowRows } from "./arrow-rows.ts";
import { NotUtf8, textChunks } from "./chunks.ts";
import { columnsSql, EagerTable, type RowSink } from "./eager-table.ts";
import type { Encoding } from "./encoding.ts";
import type { Rejected } from "./fields.ts";
import { guessEncoding, inspectCsv, type Inspected, type Know } from "./inspect.ts";
import { hasDecimalComma } from "./kind.ts";
import { ReadOnce, type ByteSource } from "./read-once.ts";
import { CsvError, RowReader, type Rows } from "./rows.ts";
import { mostColumns, Survey } from "./survey.ts";

/** How an import of CSV ended: notes for the person, or why it was refused. */
export type CsvResult = { readonly notes: readonly ImportNote[] } | { readonly refusal: ImportRefusal };

/** Reads a CSV file into `sink`: once to learn the types from every row, and once more to fill the table where it could not be filled meanwhile. */
export async function importCsv(
  file: File,
  sink: RowSink,
  progress: (progress: ImportProgress) => void,
  signal: AbortSignal,
  know: Know = () => ({}),
): Promise<CsvResult> {
  const step = async (phase: ImportProgress["phase"], done: number): Promise<void> => {
    progress({ phase, file: file.name, done, total: file.size });
    await pause();
    signal.throwIfAborted();
  };
  try {
    const bytes = new ReadOnce(file);
    await step("reading", 0);
    const found = await surveyCsv(bytes, sink, know, step).catch(async (error: unknown) => {
      if (!(error instanceof NotUtf8)) throw error;
      const encoding = await guessEncoding(bytes, (done) => step("reading", done));
      return surveyCsv(bytes, sink, know, step, encoding);
    });
    if ("refusal" in found) return found;
    const { inspected, survey, eager } = found;
    const { kinds } = survey;
    const { names, notes } = namesOf(inspected, kinds.length);
    const reject = (rejected: Rejected): void =>
      sink.reject(rejected, rejected.column === null ? null : names[rejected.column]!);
    const rejected = eager.finish();
    if (rejected) for (const each of rejected) reject(each);
    else {
      await sink.create(columnsSql(names, kinds));
      const arrow = new ArrowRows(names, kinds, reject);
      for await (const { rows, from, done } of dataRows(bytes, inspected)) {
        for (const slice of arrow.add(rows, from)) sink.insert(slice);
        await step("importing", done);
      }
      for (const slice of arrow.rest()) sink.insert(slice);
    }
    return { notes: [...fileNotes(inspected), ...notes, ...rowNotes(survey, names)] };
  } catch (error) {
    if (error instanceof CsvError)
      return { refusal: { why: "unreadable", message: error.message, line: error.line } };
    throw error;
  }
}

/** What all rows of a file say, and the table that was filled meanwhile, if it lives. */
interface Surveyed {
  readonly inspected: Inspected;
  readonly survey: Survey;
  readonly eager: EagerTable;
}

async function surveyCsv(
  file: ByteSource,
  sink: RowSink,
  know: Know,
  step: (phase: ImportProgress["phase"], done: number) => Promise<void>,
  encoding?: Encoding,
): Promise<Surveyed | { readonly refusal: ImportRefusal }> {
  const inspected = await inspectCsv(file, know, encoding);
  if ("refusal" in inspected) return inspected;
  const { first, delimiter } = inspected.dialect;
  const { kinds: given } = inspected.known;
  const survey = new Survey(first.length, delimiter, given);
  const eager = new EagerTable(sink);
  try {
    for await (const { rows, from, done } of dataRows(file, inspected)) {
      survey.add(rows, from);
      const { kinds } = survey;
      const columns = kinds.length;
      if (columns > mostColumns) {
        await eager.drop();
        return { refusal: { why: "too-many-columns", columns, most: mostColumns } };
      }
      await eager.add(rows, from, kinds, () => namesOf(inspected, columns).names);
      await step(eager.lives ? "importing" : "inferring", done);
    }
  } catch (error) {
    await eager.drop();
    throw error;
  }
  return survey.rows
    ? { inspected, survey, eager }
    : { refusal: { why: "header-only", columns: first.length } };
}

function namesOf({ dialect, known }: Inspected, columns: number): { names: string[]; notes: ImportNote[] } {
  return columnNames(known.names ?? (dialect.header ? dialect.first : []), columns);
}

interface RowPiece {
  readonly rows: Rows;
  readonly from: number;
  readonly done: number;
}

/** The rows of a file, piece by piece; those before `from` are its header. */
async function* dataRows(file: ByteSource, { encoding, dialect }: Inspected): AsyncGenerator<RowPiece> {
  const reader = new RowReader(dialect.delimiter);
  let { leading } = dialect;
  for await (const { bytes, done, last } of textChunks(file, encoding)) {
    const rows = reader.read(bytes, last);
    const from = Math.min(leading, rows.count);
    leading -= from;
    yield { rows, from, done };
  }
}

function fileNotes({ encoding, dialect, known }: Inspected): ImportNote[] {
  const notes: ImportNote[] = [];
  if (encoding.name !== "utf-8") notes.push({ note: "decoded", encoding: encoding.name });
  if (!dialect.header && !known.names) notes.push({ note: "no-header" });
  return notes;
}

function rowNotes(survey: Survey, names: readonly string[]): ImportNote[] {
  const { short, long, missingWords, misfits, kinds } = survey;
  const notes: ImportNote[] = [];
  if (short.count) notes.push({ note: "short-rows", ...short });
  if (long.count && !survey.rejectsLong) notes.push({ note: "long-rows", ...long });
  if (survey.longField) notes.push({ note: "long-field", ...survey.longField });
  for (const { column, count } of missingWords)
    notes.push({ note: "missing-words", column: names[column]!, count });
  for (const { column, misfits: few } of misfits)
    notes.push({ note: "misfits", column: names[column]!, ...few });
  for (const [i, column] of names.entries())
    if (hasDecimalComma(kinds[i]!)) notes.push({ note: "decimal-commas", column });
  return notes;
}
