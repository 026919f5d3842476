import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lessonFile, lessons } from "../../src/text/lessons.ts";
import { codeCells } from "./book.ts";
import { expect, test } from "./fixtures.ts";

test.setTimeout(300_000);

const script = fileURLToPath(new URL("../../scripts/notebook.mjs", import.meta.url));
const telco = fileURLToPath(new URL("../../../shared/data/telco/", import.meta.url));

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...given: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...given], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

async function file(name: string, text: string): Promise<string> {
  const path = test.info().outputPath(name);
  await writeFile(path, text);
  return path;
}

test("a notebook runs on a data file, and OUT holds every value in full precision", async () => {
  const notebook = await file(
    "sum.md",
    codeCells("const rows = await sql`select sum(n) / 3 as third from given`;\nrows.column('third').at(0)"),
  );
  const data = await file("given.csv", "n\n0.1\n0.2\n");
  const out = test.info().outputPath("out.ipynb");
  expect(await run(notebook, "--data", `given=${data}`, "--out", out)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^Wrote .+out\.ipynb: 1 cell ran in \d+\.\d s\.\n$/),
    stderr: "",
  });
  const saved = JSON.parse(await readFile(out, "utf8")) as {
    cells: { outputs: { data: Record<string, unknown> }[] }[];
  };
  expect(String(saved.cells[0]?.outputs[0]?.data["text/plain"])).toBe(String((0.1 + 0.2) / 3));
});

test("without OUT the outputs are printed under their cells", async () => {
  const notebook = await file("print.md", codeCells("console.log('hello')", "6 * 7"));
  const { status, stdout } = await run(notebook, "--device", "wasm");
  expect(status).toBe(0);
  expect(stdout).toMatch(/── cell 1 \(.+\)\nhello\n\n── cell 2 \(.+\)\n42\n/);
});

for (const language of ["en", "zh-CN"] as const)
  for (const lesson of lessons)
    test(`the lesson "${lesson.title[language]}" runs from the command line`, async () => {
      test.skip(!process.env.FULL, "left to npm run test:full");
      const folder = fileURLToPath(new URL("../../public/notebooks/", import.meta.url));
      const out = test.info().outputPath("lesson.ipynb");
      expect(await run(folder + lessonFile(lesson, language), "--out", out)).toMatchObject({
        status: 0,
        stderr: "",
      });
      if (language === "en") besideTruth[lesson.id]?.(await textsOf(out));
    });

/** What the models of a lesson come to beside the truth that made its data. */
const besideTruth: Readonly<Record<string, (texts: readonly string[]) => void>> = {
  churn(texts) {
    for (const model of ["perceptron", "gru"]) {
      const [correlation, meanError] = numbersAfter(model, texts);
      expect(correlation, model).toBeGreaterThanOrEqual(0.7);
      expect(meanError, model).toBeLessThanOrEqual(0.25);
    }
  },
  recommendation(texts) {
    const [ceiling] = numbersAfter("recall", texts);
    const [popular] = numbersAfter("popularity", texts);
    for (const model of ["ALS, 8 factors", "BPR, 8 factors"]) {
      const [recall] = numbersAfter(model, texts);
      expect(recall! / ceiling!, model).toBeGreaterThan(0.93);
      expect(recall! / popular!, model).toBeGreaterThan(2);
    }
  },
  clustering(texts) {
    const [byHabit, byTaste] = texts
      .filter((text) => text !== "")
      .map(Number)
      .filter(Number.isFinite);
    expect(Math.abs(byHabit!)).toBeLessThan(0.05);
    expect(byTaste).toBeGreaterThan(0.9);
  },
};

/** The outputs of a saved notebook as text, in order. */
async function textsOf(path: string): Promise<string[]> {
  const { cells } = JSON.parse(await readFile(path, "utf8")) as {
    cells: { outputs?: { data?: Record<string, string | string[]> }[] }[];
  };
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.map(({ data }) => [data?.["text/plain"] ?? ""].flat().join(""));
}

/** The numbers that follow a name at the start of a line, the first of such lines. */
function numbersAfter(name: string, texts: readonly string[]): number[] {
  const line = texts.flatMap((text) => text.split("\n")).find((each) => each.startsWith(`${name} `));
  return (line?.slice(name.length).match(/\d+(\.\d+)?/g) ?? []).map(Number);
}

test("a failing cell gives status 1 with cell, line and message, and OUT holds the error", async () => {
  const notebook = await file(
    "fail.md",
    codeCells("const fine = 1;", "fine;\nthrow new RangeError('too far');", "'never'"),
  );
  const out = test.info().outputPath("failed.ipynb");
  const { status, stderr } = await run(notebook, "--out", out);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^cell 2, line 2: RangeError: too far/);
  expect(await readFile(out, "utf8")).toContain('"ename": "RangeError"');
});

test("cells of SQL run beside the others, and fail at their line", async () => {
  const notebook = await file(
    "sql.md",
    "```sql name=total\nselect sum(n) as n from given\n```\n\n" +
      codeCells('total.column("n").at(0)') +
      "\n```sql\nselect n,\n  nowhere\nfrom given\n```\n",
  );
  const data = await file("given.csv", "n\n40\n2\n");
  const { status, stdout, stderr } = await run(notebook, "--data", `given=${data}`);
  expect(status).toBe(1);
  expect(stdout).toMatch(/── cell 2 \(.+\)\n42\n/);
  expect(stderr).toMatch(/^cell 3, line 2: SqlError: Binder Error: .*"nowhere"/);
});

test("a run that takes too long is ended with status 1", async () => {
  test.skip(!process.env.FULL, "left to npm run test:full");
  const notebook = await file("loop.md", codeCells("const a = 1;", "while (true) {}"));
  const { status, stderr } = await run(notebook, "--timeout", "8");
  expect(status).toBe(1);
  expect(stderr).toContain("timed out after 8 s");
});

test("--help gives the usage and status 0", async () => {
  for (const help of ["--help", "-h"]) {
    const { status, stdout, stderr } = await run(help);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("usage: npm run notebook");
  }
});

test("a wrong call gives status 2, the usage, and the reason last", async () => {
  const notebook = await file("ok.md", codeCells("1"));
  const picture = await file("picture.csv", "\u0089PNG\r\n\u001a\n\0\0\0");
  const broken = await file("broken.ipynb", '{"cells": [');
  for (const given of [
    [],
    [notebook, "--colour"],
    ["missing.md"],
    [broken],
    [notebook, "--data", `t=${picture}`],
  ]) {
    const { status, stderr } = await run(...given);
    expect({ given, status }).toEqual({ given, status: 2 });
    expect(stderr).toContain("usage: npm run notebook");
    expect(stderr).toMatch(/\n\n.+\n$/);
  }
});

test.describe("on the Telco customers (../shared/data/telco)", () => {
  test.skip(!existsSync(telco), "needs ../shared/data/telco, which is not part of the repository");

  test("cross-validated models reach the reference figures", async () => {
    const notebook = await file("telco.md", telcoModels);
    const given = [
      "--data",
      `telco=${telco}Telco-Customer-Churn.csv`,
      "--data",
      `folds=${telco}telco_folds.csv`,
    ];
    const { status, stdout, stderr } = await run(notebook, ...given, "--device", "wasm");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const figures = JSON.parse(/\{"auc".*\}/.exec(stdout)?.[0] ?? "{}") as Record<string, number>;
    expect(Math.abs(figures.auc! - 0.8451)).toBeLessThan(0.0005);
    expect(Math.abs(figures.loss! - 0.4174)).toBeLessThan(0.0005);
    expect(figures.deepAuc).toBeGreaterThanOrEqual(0.84);
    expect(Math.abs(figures.chiSquare! - 2352.87)).toBeLessThan(0.01);
    expect(Math.abs(figures.survival12! - 0.8432)).toBeLessThan(0.00005);
  });
});

const telcoModels = codeCells(
  `import { crossValidate, KaplanMeierFitter, LogisticRegression, makePipeline, MLPClassifier, multivariateLogrankTest, PredefinedSplit, TableVectorizer } from "cohortbook";
const telco = await sql\`select * exclude (customerID) replace (coalesce(TotalCharges, 0) as TotalCharges, SeniorCitizen::varchar as SeniorCitizen) from telco\`;
const folds = await table("folds");
const X = telco.drop("Churn"), y = telco.column("Churn");
const cv = new PredefinedSplit(folds.column("fold_of_row"));
const mean = (values: Iterable<number>) => { const list = [...values]; return list.reduce((sum, value) => sum + value, 0) / list.length; };`,
  `const linear = await crossValidate(makePipeline(new TableVectorizer(), new LogisticRegression({ C: 1 })), X, y, { cv, scoring: ["rocAuc", "negLogLoss"] });
const deep = await crossValidate(makePipeline(new TableVectorizer(), new MLPClassifier({ hiddenLayerSizes: [32, 16] })), X, y, { cv, scoring: ["rocAuc"] });`,
  `const events = [...y].map((label) => label === "Yes");
const logrank = multivariateLogrankTest(telco.column("tenure"), telco.column("Contract"), events);
const curve = await new KaplanMeierFitter().fit(telco.column("tenure"), events);
JSON.stringify({ auc: mean(linear.testRocAuc), loss: -mean(linear.testNegLogLoss), deepAuc: mean(deep.testRocAuc), chiSquare: logrank.testStatistic, survival12: curve.predict(12) })`,
);
