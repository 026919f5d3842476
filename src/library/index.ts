// What a cell imports from "cohortbook", one line an export.
export type { Classifier, Estimator, Features, Label, Labels, Numbers, Transformer } from "./estimator.ts";
export { Matrix } from "../data/matrix.ts";
export { Table } from "../data/table.ts";
