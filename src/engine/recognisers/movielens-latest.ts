import { byHeader } from "./by-header.ts";

/** MovieLens latest and 20M to 32M: ratings.csv, movies.csv, tags.csv and links.csv. Source: Harper & Konstan 2015. */
export const movielensLatest = byHeader("MovieLens latest", [
  {
    table: "ratings",
    columns: ["userId", "movieId", "rating", "timestamp"],
    roles: { userId: "user", movieId: "item", rating: "target", timestamp: "time" },
    kinds: { timestamp: "timestamp-seconds" },
  },
  { table: "movies", columns: ["movieId", "title", "genres"], roles: { movieId: "item" } },
  {
    table: "tags",
    columns: ["userId", "movieId", "tag", "timestamp"],
    roles: { userId: "user", movieId: "item", timestamp: "time" },
    kinds: { timestamp: "timestamp-seconds" },
  },
  {
    table: "links",
    columns: ["movieId", "imdbId", "tmdbId"],
    roles: { movieId: "item" },
    // They begin with zeros.
    kinds: { imdbId: "text" },
  },
]);
