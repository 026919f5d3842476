import { quoted } from "../core/sql-text.ts";

/**
 * A column of numbers as TIMESTAMP, each read by its magnitude: seconds since 1970 from 1e8 to 1e11 (1973 to the year 5138), milliseconds
 * from there to 1e14. `column` is as SQL has it; another number is an error of SQL that names it.
 */
export function unixTime(column: string): string {
  const microseconds = (factor: string): string =>
    `make_timestamp(cast(round(cast(${column} as double) * ${factor}) as bigint))`;
  const refusal = quoted(
    `column ${column}: expected a time, as seconds (1e8 to 1e11) or milliseconds (1e11 to 1e14) since 1970, got `,
  );
  return `case when ${column} >= 1e8 and ${column} < 1e11 then ${microseconds("1e6")}
    when ${column} >= 1e11 and ${column} <= 1e14 then ${microseconds("1e3")}
    when ${column} is not null then error(${refusal} || ${column}) end`;
}
