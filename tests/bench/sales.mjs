import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parquetWriteFile } from "hyparquet-writer";

const channels = ["search", "mail", "shop", "friend", "paid social"];
const start = Date.UTC(2024, 0, 1);

/**
 * A sale as the columns of the files say it: numbers, codes, words of few and of many kinds, and a time.
 *
 * @typedef {{ sale_id: number, customer_id: string, sold_at: Date, channel: string, product: string, quantity: number, amount: number }} Sale
 */

/**
 * Writes so many sales as CSV, the same each time. Products hold a comma, so they stand in quotes.
 *
 * @param {string} path
 * @param {number} rows
 */
export async function writeSalesCsv(path, rows) {
  await pipeline(Readable.from(csv(rows)), createWriteStream(path));
}

/**
 * Writes the same sales as Parquet, in row groups of 100,000 compressed with Snappy.
 *
 * @param {string} path
 * @param {number} rows
 */
export function writeSalesParquet(path, rows) {
  const sales = Array.from({ length: rows }, (_, row) => sale(row));
  parquetWriteFile({
    filename: path,
    rowGroupSize: 100_000,
    columnData: [
      { name: "sale_id", data: sales.map(({ sale_id: id }) => BigInt(id)), type: "INT64" },
      { name: "customer_id", data: sales.map(({ customer_id: id }) => id), type: "STRING" },
      { name: "sold_at", data: sales.map(({ sold_at: at }) => at), type: "TIMESTAMP" },
      { name: "channel", data: sales.map(({ channel }) => channel), type: "STRING" },
      { name: "product", data: sales.map(({ product }) => product), type: "STRING" },
      { name: "quantity", data: sales.map(({ quantity }) => quantity), type: "INT32" },
      { name: "amount", data: sales.map(({ amount }) => amount), type: "DOUBLE" },
    ],
  });
}

/** @param {number} rows */
function* csv(rows) {
  yield "sale_id,customer_id,sold_at,channel,product,quantity,amount\n";
  for (let first = 0; first < rows; first += 10_000)
    yield Array.from({ length: Math.min(10_000, rows - first) }, (_, i) => line(sale(first + i))).join("");
}

/** @param {Sale} sale */
function line({ sale_id: id, customer_id: customer, sold_at: at, channel, product, quantity, amount }) {
  const time = at.toISOString().slice(0, 19).replace("T", " ");
  return `${id},${customer},${time},${channel},"${product}",${quantity},${amount.toFixed(2)}\n`;
}

/**
 * @param {number} row
 * @returns {Sale}
 */
function sale(row) {
  // A full cycle modulo a prime: looks random, and is the same each time.
  const mixed = (row * 7_919 + 104_729) % 1_000_003;
  return {
    sale_id: 100_000 + row,
    customer_id: `C${String(mixed % 200_000).padStart(6, "0")}`,
    sold_at: new Date(start + mixed * 61_000),
    channel: channels[mixed % 5] ?? "",
    product: `Mug, ${mixed % 900}`,
    quantity: 1 + (mixed % 4),
    amount: (mixed % 20_011) / 100,
  };
}
