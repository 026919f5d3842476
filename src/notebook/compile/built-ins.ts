/** Names every cell has without import. */
export const builtIns: readonly string[] = ["display", "sql", "table", "dataset", "input", "md", "signal"];

/** Modules a cell may import; anything else would need the network, which a cell does not have. */
export const importable: readonly string[] = ["cohortbook", "@tensorflow/tfjs", "d3"];
