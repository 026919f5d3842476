import { byLines } from "./by-lines.ts";

/** MovieLens 1M: ratings of films, 2000 to 2003; ratings.dat, movies.dat and users.dat. Source: Harper & Konstan 2015. */
export const movielens1m = byLines("MovieLens 1M", [
  {
    table: "ratings",
    // The times tell it from MovieLens 10M, which begins in 1996.
    line: /^\d{1,4}::\d{1,4}::[1-5]::(9[5-9]|10[0-4])\d{7}$/,
    delimiter: "::",
    columns: [
      ["user_id", "user"],
      ["item_id", "item"],
      ["rating", "target"],
      ["rated_at", "time", "timestamp-seconds"],
    ],
  },
  {
    table: "items",
    line: /^\d{1,4}::.+ \(\d{4}\)::[A-Z][\w'|-]+$/,
    delimiter: "::",
    columns: [["item_id", "item"], ["title"], ["genres"]],
  },
  {
    table: "users",
    line: /^\d{1,4}::[MF]::\d{1,2}::\d{1,2}::[\w-]+$/,
    delimiter: "::",
    columns: [["user_id", "user"], ["gender"], ["age"], ["occupation"], ["zip_code", null, "text"]],
  },
]);
