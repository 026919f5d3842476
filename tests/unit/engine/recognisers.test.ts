import { expect, test } from "vitest";
import { layoutOf } from "../../../src/engine/recognisers/recogniser.ts";
import { recognise } from "../../../src/engine/recognisers/registry.ts";

const byLines = (...lines: string[]) => recognise({ header: null, lines });
const byHeader = (header: string, line = "") =>
  recognise({ header: header.split(","), lines: [header, line] });

test.each([
  ["CDNOW", "cdnow", [" 00001 19970101  1   11.77 ", " 00002 19970112  1   12.00 "]],
  ["CDNOW", "cdnow", [" customer_id  date number_of_cds  dollar_value", " 00001 19970101  1   11.77"]],
  ["CDNOW", "cdnow_sample", [" 00004 0001 19970101  2   29.33", " 00004 0001 19970118  2   29.73"]],
  ["MovieLens 100K", "ratings", ["196\t242\t3\t881250949", "186\t302\t3\t891717742"]],
  [
    "MovieLens 100K",
    "items",
    [
      "1|Toy Story (1995)|01-Jan-1995||http://us.imdb.com/M/x|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0",
      "267|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0",
    ],
  ],
  ["MovieLens 100K", "users", ["1|24|M|technician|85711", "74|39|M|scientist|T8H1N"]],
  ["MovieLens 1M", "ratings", ["1::1193::5::978300760", "6040::1096::4::956715648"]],
  [
    "MovieLens 1M",
    "items",
    ["1::Toy Story (1995)::Animation|Children's|Comedy", "45::To Die For (1995)::Drama"],
  ],
  ["MovieLens 1M", "users", ["1::F::1::10::48067", "61::M::25::17::95122-1234"]],
])("%s: the lines of %s are recognised", (set, table, lines) => {
  expect(byLines(...lines)).toMatchObject({ set, table });
  // A file that ends in its first lines, or has an empty one, is no other.
  expect(byLines(...lines, "")).toMatchObject({ set, table });
  expect(byLines(...lines, "and so on")).toBeNull();
});

const telco =
  "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,OnlineBackup,DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn";

/** A file with a header: `roles` are those of its columns, `line` is its first row where that matters. */
interface HeaderCase {
  readonly set: string;
  readonly table: string;
  readonly header: string;
  readonly roles: string;
  readonly line?: string;
}

const headers: readonly HeaderCase[] = [];

test.each(headers)("$set: the header of $table is recognised", ({ set, table, header, roles, line }) => {
  const found = byHeader(header, line)!;
  expect(found).toMatchObject({ set, table, header: true, delimiter: null });
  expect(found.columns.map(({ name }) => name).join(",")).toBe(header);
  expect(found.columns.map(({ role }) => role ?? "-").join(" ")).toBe(roles);
});

test.each(headers)(
  "$set: the header of $table may have another order, case or index",
  ({ set, table, header, line }) => {
    const changed = ["", ...header.toUpperCase().split(",").toReversed()].join(",");
    expect(byHeader(changed, line)).toMatchObject({ set, table });
  },
);

test.each(headers)(
  "$set: the header of $table with a column more or less is another file's",
  ({ set, header, line }) => {
    expect(byHeader(`${header},more`, line)).toBeNull();
    expect(byHeader(header.split(",").slice(1).join(","), line)?.set).not.toBe(set);
  },
);

test.each(headers.filter(({ line }) => line))(
  "$set: other people's $table are not taken for it",
  ({ header }) => {
    expect(byHeader(header, "a1,Garden & home")).toBeNull();
  },
);

test("a file that is not like any of the sets is none of them", () => {
  expect(byHeader("customer_id,date,amount")).toBeNull();
  expect(byLines("196\t242\t9\t881250949")).toBeNull();
  expect(byLines(" 00001 20970101  1   11.77")).toBeNull();
  expect(byLines("1::122::5::838985046")).toBeNull();
  expect(byLines("")).toBeNull();
  expect(byLines()).toBeNull();
});

test("names, kinds and roles go with the columns as the file has them", () => {
  const found = byHeader("TIMESTAMP,rating,movieId, userId ")!;
  expect(found.columns).toEqual([
    { name: "timestamp", kind: "timestamp-seconds", role: "time" },
    { name: "rating", kind: null, role: "target" },
    { name: "movieId", kind: null, role: "item" },
    { name: "userId", kind: null, role: "user" },
  ]);
  expect(layoutOf(found)).toEqual({
    header: true,
    names: ["timestamp", "rating", "movieId", "userId"],
    kinds: ["timestamp-seconds", null, null, null],
  });
});

test("a file without a header is laid out as its set is", () => {
  expect(layoutOf(byLines("196\t242\t3\t881250949")!)).toEqual({
    delimiter: "\t",
    header: false,
    names: ["user_id", "item_id", "rating", "rated_at"],
    kinds: [null, null, null, "timestamp-seconds"],
  });
});
