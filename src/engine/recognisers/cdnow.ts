import { byLines } from "./by-lines.ts";

const header = /^\s*[a-z_]+(\s+[a-z_]+){3,4}\s*$/i;

/** Purchases of CDs at CDNOW in 1997 and 1998: the master file, and the sample of one customer in ten. Source: Fader & Hardie 2001. */
export const cdnow = byLines("CDNOW", [
  {
    table: "cdnow",
    line: /^\s*\d{5}\s+199[78]\d{4}\s+\d+\s+\d+\.\d{2}\s*$/,
    header,
    delimiter: "whitespace",
    columns: [
      ["customer_id", "user", "text"],
      ["date", "time", "date-compact"],
      ["number_of_cds"],
      ["dollar_value", "amount"],
    ],
  },
  {
    table: "cdnow_sample",
    line: /^\s*\d{5}\s+\d{4}\s+199[78]\d{4}\s+\d+\s+\d+\.\d{2}\s*$/,
    header,
    delimiter: "whitespace",
    columns: [
      ["master_id", null, "text"],
      ["customer_id", "user", "text"],
      ["date", "time", "date-compact"],
      ["number_of_cds"],
      ["dollar_value", "amount"],
    ],
  },
]);
