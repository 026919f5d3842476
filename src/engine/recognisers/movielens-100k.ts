import { byLines } from "./by-lines.ts";

const genres = [
  "unknown",
  "action",
  "adventure",
  "animation",
  "children",
  "comedy",
  "crime",
  "documentary",
  "drama",
  "fantasy",
  "film_noir",
  "horror",
  "musical",
  "mystery",
  "romance",
  "sci_fi",
  "thriller",
  "war",
  "western",
];

/** MovieLens 100K: ratings of films, 1997 and 1998; u.data, u.item and u.user. Source: Harper & Konstan 2015. */
export const movielens100k = byLines("MovieLens 100K", [
  {
    table: "ratings",
    line: /^\d{1,3}\t\d{1,4}\t[1-5]\t8\d{8}$/,
    delimiter: "\t",
    columns: [
      ["user_id", "integer", "user"],
      ["item_id", "integer", "item"],
      ["rating", "integer", "target"],
      ["rated_at", "timestamp-seconds", "time"],
    ],
  },
  {
    table: "items",
    line: /^\d{1,4}\|[^|]+\|[^|]*\|[^|]*\|[^|]*(\|[01]){19}$/,
    delimiter: "|",
    columns: [
      ["item_id", "integer", "item"],
      ["title", "text", null],
      ["release_date", "text", null],
      ["video_release_date", "text", null],
      ["imdb_url", "text", null],
      ...genres.map((genre): [string, "integer", null] => [genre, "integer", null]),
    ],
  },
  {
    table: "users",
    line: /^\d{1,3}\|\d{1,2}\|[MF]\|[a-z]+\|[\w-]{5}$/,
    delimiter: "|",
    columns: [
      ["user_id", "integer", "user"],
      ["age", "integer", null],
      ["gender", "text", null],
      ["occupation", "text", null],
      ["zip_code", "text", null],
    ],
  },
]);
