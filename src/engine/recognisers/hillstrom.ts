import { byHeader } from "./by-header.ts";

/** An e-mail campaign by chance, and who came, bought and spent in the two weeks after. Source: Hillstrom 2008. */
export const hillstrom = byHeader("Hillstrom e-mail", [
  {
    table: "hillstrom",
    columns: [
      "recency",
      "history_segment",
      "history",
      "mens",
      "womens",
      "zip_code",
      "newbie",
      "channel",
      "segment",
      "visit",
      "conversion",
      "spend",
    ],
    // Fewer than one in a hundred bought: too few to foretell, so the target is who came.
    roles: { visit: "target", spend: "amount" },
  },
]);
