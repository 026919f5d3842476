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
      ["user_id", "user"],
      ["item_id", "item"],
      ["rating", "target"],
      ["rated_at", "time", "timestamp-seconds"],
    ],
  },
  {
    table: "items",
    line: /^\d{1,4}\|[^|]+\|[^|]*\|[^|]*\|[^|]*(\|[01]){19}$/,
    delimiter: "|",
    columns: [
      ["item_id", "item"],
      ["title"],
      ["release_date"],
      ["video_release_date"],
      ["imdb_url"],
      ...genres.map((genre) => [genre] as const),
    ],
  },
  {
    table: "users",
    line: /^\d{1,3}\|\d{1,2}\|[MF]\|[a-z]+\|[\w-]{5}$/,
    delimiter: "|",
    columns: [["user_id", "user"], ["age"], ["gender"], ["occupation"], ["zip_code", null, "text"]],
  },
]);
