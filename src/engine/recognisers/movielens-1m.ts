import { byLines } from "./by-lines.ts";

/** MovieLens 1M: ratings of films in 2000; ratings.dat, movies.dat and users.dat. Source: Harper & Konstan 2015. */
export const movielens1m = byLines("MovieLens 1M", [
  {
    table: "ratings",
    line: /^\d{1,4}::\d{1,4}::[1-5]::\d{9,10}$/,
    delimiter: "::",
    columns: [
      ["user_id", "integer", "user"],
      ["item_id", "integer", "item"],
      ["rating", "integer", "target"],
      ["rated_at", "timestamp-seconds", "time"],
    ],
  },
  {
    table: "items",
    line: /^\d{1,4}::.+ \(\d{4}\)::[A-Z][\w'|-]+$/,
    delimiter: "::",
    columns: [
      ["item_id", "integer", "item"],
      ["title", "text", null],
      ["genres", "text", null],
    ],
  },
  {
    table: "users",
    line: /^\d{1,4}::[MF]::\d{1,2}::\d{1,2}::[\w-]+$/,
    delimiter: "::",
    columns: [
      ["user_id", "integer", "user"],
      ["gender", "text", null],
      ["age", "integer", null],
      ["occupation", "integer", null],
      ["zip_code", "text", null],
    ],
  },
]);
