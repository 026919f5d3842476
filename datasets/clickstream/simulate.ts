import { columnFrom, NumberColumn } from "../../src/data/column.ts";
import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import { MomentColumn, WordColumn } from "../../src/data/packed-column.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, idColumn } from "../columns.ts";
import type { Dataset, SimulatedTable } from "../dataset.ts";
import card from "./CARD.md?raw";
import cardZh from "./CARD.zh.md?raw";
import description from "./dataset.json" with { type: "json" };
import { makeItems, makeSessions, type Items, type Sessions } from "./sessions.ts";
import { categories, intents, sessionsOf, sessionsPerVisitor } from "./world.ts";

/** Item sessions from planted intents: what tells them apart is the order of the clicks, never the items. */
export const clickstream: Dataset = {
  card: { ...(description as DatasetDescription), card: { en: card, zh: cardZh } },
  async simulate({ size, seed, parameters }, rest) {
    const items = makeItems(seed);
    const count = sessionsOf[size];
    const structure = parameters.structure as number;
    const sessions = await makeSessions(count, count / sessionsPerVisitor, seed, structure, items, rest);
    return {
      tables: { items: itemTable(items), sessions: sessionTable(sessions), clicks: clickTable(sessions) },
      truth: { click_sessions: truthTable(sessions), clickstream_parameters: parameterTable(structure) },
    };
  },
};

function itemTable({ category, price }: Items): SimulatedTable {
  return {
    sqlTypes: {},
    table: new Table([
      ["item_id", countColumn(price.length)],
      [
        "category",
        new WordColumn(
          category,
          categories.map(({ name }) => name),
        ),
      ],
      ["price", new NumberColumn(price)],
    ]),
  };
}

function sessionTable({ visitor, start, converted }: Sessions): SimulatedTable {
  return {
    sqlTypes: {},
    table: new Table([
      ["session_id", countColumn(start.length)],
      ["visitor_id", idColumn(visitor)],
      ["started_at", new MomentColumn(start)],
      ["converted", flagColumn(converted)],
    ]),
  };
}

function clickTable({ clicks }: Sessions): SimulatedTable {
  return {
    sqlTypes: {},
    table: new Table([
      ["session_id", idColumn(clicks.session)],
      ["position", new NumberColumn(Int32Array.from(clicks.position))],
      ["item_id", idColumn(clicks.item)],
      ["clicked_at", new MomentColumn(Float64Array.from(clicks.at))],
    ]),
  };
}

function truthTable({ intent, convert }: Sessions): SimulatedTable {
  return {
    sqlTypes: {},
    table: new Table([
      ["session_id", countColumn(intent.length)],
      [
        "intent",
        new WordColumn(
          intent,
          intents.map(({ name }) => name),
        ),
      ],
      ["p_convert", new NumberColumn(convert)],
    ]),
  };
}

function parameterTable(structure: number): SimulatedTable {
  const rows = [
    { parameter: "structure", value: structure },
    ...intents.map(({ name, convert }) => ({ parameter: `p_convert_${name}`, value: convert })),
  ];
  return {
    sqlTypes: {},
    table: new Table([
      ["parameter", columnFrom(rows.map(({ parameter }) => parameter))],
      ["value", new NumberColumn(Float64Array.from(rows, ({ value }) => value))],
    ]),
  };
}
