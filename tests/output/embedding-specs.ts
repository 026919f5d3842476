import { seededRandom } from "../../src/core/random.ts";
import type { EmbeddingSpec } from "../../src/specs/embedding.ts";
import { packText } from "../../src/specs/packed-text.ts";

/** n points in `count` clouds around a ring, cloud after cloud. */
function clouds(n: number, count: number, seed = 1): { x: Float32Array; y: Float32Array; codes: Uint8Array } {
  const random = seededRandom(seed);
  const noise = (): number => random.next() + random.next() + random.next() - 1.5;
  const codes = Uint8Array.from({ length: n }, (_, i) => Math.floor((i * count) / n));
  const at = (code: number): number => (2 * Math.PI * code) / count;
  return {
    codes,
    x: Float32Array.from(codes, (code) => 4 * Math.cos(at(code)) + (1 + code / count) * noise()),
    y: Float32Array.from(codes, (code) => 3 * Math.sin(at(code)) + (1 + code / count) * noise()),
  };
}

/** Customers in two components, coloured by contract, with their names and the centres of their clusters. */
export function customerMap(n = 600): EmbeddingSpec {
  const { x, y, codes } = clouds(n, 3);
  return {
    view: "embedding",
    title: "Customers by contract",
    columns: ["PC 1", "PC 2"],
    x,
    y,
    colour: { by: "category", name: "contract", codes, words: ["Month-to-month", "One year", "Two year"] },
    labels: packText(
      Array.from(codes, (_, i) => `customer ${i}`),
      80,
    ),
    centres: { x: Float32Array.of(4, -2, -2), y: Float32Array.of(0, 2.6, -2.6) },
  };
}

/** More categories than there are colours, some missing. */
export function itemMap(n = 900): EmbeddingSpec {
  const { x, y, codes } = clouds(n, 12, 2);
  const words = Array.from({ length: 11 }, (_, i) => `Department ${i + 1}`);
  return { view: "embedding", columns: ["x0", "x1"], x, y, colour: { by: "category", codes, words } };
}

/** A number for each point, one in ten missing, with a scale that the ends go beyond. */
export function tenureMap(n = 600): EmbeddingSpec {
  const { x, y } = clouds(n, 2, 3);
  const values = x.map((value, i) => (i % 10 === 0 ? NaN : 24 + 6 * value));
  return {
    view: "embedding",
    title: "Customers by tenure",
    columns: ["recency", "value"],
    x,
    y: y.map((value) => 1000 * value),
    colour: { by: "value", name: "tenure (months)", values, low: 2, high: 48 },
  };
}
