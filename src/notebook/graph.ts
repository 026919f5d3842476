import type { CellError } from "../protocol/output.ts";
import { runsAlike, type CellSource } from "./cell-source.ts";
import type { CellAnalysis } from "./compile/analyse-cell.ts";
import { analyseSource } from "./compile/analyse-source.ts";
import { syntaxError } from "./compile/compile-cell.ts";
import type { TableNames } from "./compile/compiled.ts";
import { SourceError } from "./compile/text.ts";
import type { Cell } from "./document.ts";

/** What stands between a cell and its place in the notebook. */
export type CellProblem =
  /** The source cannot be read. */
  | { readonly problem: "syntax"; readonly error: CellError }
  /** Other cells define the name too; `cells` are those, `offset` is where this one does, in UTF-16 units. */
  | {
      readonly problem: "duplicate";
      readonly name: string;
      readonly offset: number;
      readonly cells: readonly string[];
    }
  /** The cell waits for itself; `cells` are all of the circle, this one among them. */
  | { readonly problem: "cycle"; readonly cells: readonly string[] };

/** How one cell that runs stands among the others. Cells are given by id, in the order of the notebook. */
export interface CellNode {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly tables: TableNames;
  /** Names that cells define: what `compileCell` takes as known. A cell's own are among them, but never free in it. */
  readonly known: ReadonlySet<string>;
  /** Cells whose names or tables this one uses. */
  readonly needs: readonly string[];
  /** Cells that must run again after this one, nearest first: each after all it needs. */
  readonly dependants: readonly string[];
  readonly problems: readonly CellProblem[];
}

/** The dataflow graph of a notebook: who defines a name or a table, and who uses it. */
export interface NotebookGraph {
  readonly cells: ReadonlyMap<string, CellNode>;
  /** What was read of each source, so that the next analysis reads only what changed. */
  readonly readings: ReadonlyMap<string, Reading>;
}

/** A cell as it was read; where it could not be, the last analysis that could stands in for its names. */
export interface Reading {
  readonly cell: CellSource;
  readonly analysis: CellAnalysis | null;
  readonly error: CellError | null;
}

/** For each cell, in the order of the notebook, the cells it points at. */
type Edges = ReadonlyMap<string, readonly string[]>;

/** The graph of the cells that run of a notebook. `previous` saves reading again what has not changed. */
export function analyseNotebook(
  cells: readonly (Pick<Cell, "id"> & CellSource)[],
  previous?: NotebookGraph,
): NotebookGraph {
  const readings = new Map<string, Reading>();
  for (const cell of cells)
    if (cell.kind !== "markdown") readings.set(cell.id, read(cell.id, cell, previous?.readings.get(cell.id)));

  const definers = definersOf(readings);
  const needs = new Map(
    [...readings].map(([id, reading]) => [id, needsOf(id, reading, readings, definers)] as const),
  );
  const users = reversed(needs);
  const known = new Set(definers.keys());
  const knotted = behindCircles(needs, users);
  const nodes = new Map<string, CellNode>();
  for (const [id, reading] of readings) {
    const names = reading.analysis?.names;
    const circle = knotted.has(id) ? circleOf(id, needs, users) : [];
    nodes.set(id, {
      inputs: [...(names?.free.keys() ?? [])].filter((name) => known.has(name)),
      outputs: [...(names?.declared.keys() ?? [])],
      tables: reading.analysis?.tables ?? { uses: [], defines: [] },
      known,
      needs: needs.get(id)!,
      // Worked out when it is asked for: over all cells of a long notebook it would take too long.
      get dependants() {
        return inOrder(id, reach(id, users), needs);
      },
      problems: [
        ...(reading.error ? [{ problem: "syntax", error: reading.error } as const] : []),
        ...[...(names?.declared ?? [])].flatMap(([name, offset]) =>
          duplicate(id, name, offset, definers.get(name)!, readings),
        ),
        ...(circle.length ? [{ problem: "cycle", cells: circle } as const] : []),
      ],
    });
  }
  return { cells: nodes, readings };
}

function read(id: string, cell: CellSource, before: Reading | undefined): Reading {
  if (before && runsAlike(before.cell, cell)) return before;
  try {
    return { cell, analysis: analyseSource(cell), error: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { cell, analysis: before?.analysis ?? null, error: syntaxError(id, cell.source, error) };
  }
}

/** For each name the cells that define it, in order. */
function definersOf(readings: ReadonlyMap<string, Reading>): ReadonlyMap<string, readonly string[]> {
  const definers = new Map<string, string[]>();
  for (const [id, { analysis }] of readings)
    for (const name of analysis?.names.declared.keys() ?? [])
      definers.set(name, [...(definers.get(name) ?? []), id]);
  return definers;
}

function needsOf(
  id: string,
  { analysis }: Reading,
  readings: ReadonlyMap<string, Reading>,
  definers: ReadonlyMap<string, readonly string[]>,
): string[] {
  const needed = new Set<string>();
  for (const name of analysis?.names.free.keys() ?? [])
    for (const other of definers.get(name) ?? []) needed.add(other);
  for (const table of analysis?.tables.uses ?? [])
    for (const [other, reading] of readings)
      if (reading.analysis?.tables.defines.some((made) => made === table || made === `${schemaOf(table)}.*`))
        needed.add(other);
  needed.delete(id);
  if (needed.size < 2) return [...needed];
  return [...readings.keys()].filter((other) => needed.has(other));
}

/** Two cells that import one thing under one name do not quarrel. */
function duplicate(
  id: string,
  name: string,
  offset: number,
  by: readonly string[],
  readings: ReadonlyMap<string, Reading>,
): CellProblem[] {
  const origin = (cell: string): string | undefined =>
    readings
      .get(cell)
      ?.analysis?.imports.find((one) => one.names.has(name))
      ?.names.get(name);
  const own = origin(id);
  const others = by.filter((other) => other !== id && (own === undefined || origin(other) !== own));
  return others.length ? [{ problem: "duplicate", name, offset, cells: others }] : [];
}

/** All cells that can be got to from `id` along edges; itself only where it lies on a circle. */
function reach(id: string, edges: Edges): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [id];
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop())
    for (const next of edges.get(from)!)
      if (!seen.has(next)) {
        seen.add(next);
        waiting.push(next);
      }
  return seen;
}

/** The cells that lie on a circle or wait for one: what is left once all that can run in some order is taken away. */
function behindCircles(needs: Edges, users: Edges): ReadonlySet<string> {
  const left = new Map([...needs].map(([id, wanted]) => [id, wanted.length]));
  const ready = [...needs.keys()].filter((id) => left.get(id) === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    left.delete(id);
    for (const user of users.get(id)!) {
      left.set(user, left.get(user)! - 1);
      if (left.get(user) === 0) ready.push(user);
    }
  }
  return new Set(left.keys());
}

/** The cells that wait for `id` and that it waits for, in order; none where it lies on no circle. */
function circleOf(id: string, needs: Edges, users: Edges): string[] {
  const below = reach(id, needs);
  if (!below.has(id)) return [];
  const above = reach(id, users);
  return [...needs.keys()].filter((other) => above.has(other) && below.has(other));
}

/** The cells that wait for `id`, each after those it needs; the order of the notebook decides between equals. */
function inOrder(id: string, above: ReadonlySet<string>, needs: Edges): string[] {
  const placed = new Set<string>([id]);
  const order: string[] = [];
  const place = (cell: string): void => {
    if (placed.has(cell)) return;
    placed.add(cell);
    for (const wanted of needs.get(cell)!) if (above.has(wanted)) place(wanted);
    order.push(cell);
  };
  for (const cell of needs.keys()) if (above.has(cell)) place(cell);
  return order;
}

function reversed(edges: Edges): Edges {
  const turned = new Map([...edges.keys()].map((id) => [id, [] as string[]] as const));
  for (const [from, targets] of edges) for (const to of targets) turned.get(to)!.push(from);
  return turned;
}

function schemaOf(table: string): string {
  return table.slice(0, Math.max(0, table.lastIndexOf(".")));
}
