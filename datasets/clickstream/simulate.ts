import { columnFrom, NumberColumn } from "../../src/data/column.ts";
import type { DatasetDescription } from "../../src/data/dataset-description.ts";
import { Table } from "../../src/data/table.ts";
import { countColumn, flagColumn, momentColumn, wordColumn } from "../columns.ts";
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
    sqlTypes: { item_id: "BIGINT" },
    table: new Table([
      ["item_id", countColumn(price.length)],
      [
        "category",
        wordColumn(
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
    sqlTypes: { session_id: "BIGINT", visitor_id: "BIGINT", started_at: "TIMESTAMP" },
    table: new Table([
      ["session_id", countColumn(start.length)],
      ["visitor_id", new NumberColumn(Float64Array.from(visitor, (place) => place + 1))],
      ["started_at", momentColumn(start)],
      ["converted", flagColumn(converted)],
    ]),
  };
}

function clickTable({ clicks }: Sessions): SimulatedTable {
  return {
    sqlTypes: { session_id: "BIGINT", position: "BIGINT", item_id: "BIGINT", clicked_at: "TIMESTAMP" },
    table: new Table([
      ["session_id", new NumberColumn(Float64Array.from(clicks.session, (place) => place + 1))],
      ["position", new NumberColumn(Float64Array.from(clicks.position))],
      ["item_id", new NumberColumn(Float64Array.from(clicks.item, (place) => place + 1))],
      ["clicked_at", momentColumn(Float64Array.from(clicks.at))],
    ]),
  };
}

function truthTable({ intent, convert }: Sessions): SimulatedTable {
  return {
    sqlTypes: { session_id: "BIGINT" },
    table: new Table([
      ["session_id", countColumn(intent.length)],
      [
        "intent",
        wordColumn(
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
