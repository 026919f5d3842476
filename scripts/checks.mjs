// A component that draws nested marks imports itself, which is Svelte's own way to recurse.
const cycles =
  "oxlint -A all -D import/no-cycle --import-plugin --ignore-pattern Marks.svelte --ignore-pattern src/compute/simd/assembly src workers datasets";

/**
 * What `npm run check` runs, the longest first so that none is waited for at the end.
 *
 * @type {readonly import("./stages.mjs").Stage[]}
 */
export const checks = [
  {
    name: "lint",
    command: "eslint . --max-warnings 0 --cache --cache-strategy content --cache-location .cache/eslint",
  },
  { name: "unit tests", command: "vitest run" },
  {
    name: "types: page",
    command: "svelte-check --tsconfig ./tsconfig.json --fail-on-warnings --output human",
  },
  { name: "types: workers", command: types("worker") },
  { name: "types: tools", command: types("node") },
  { name: "dead code", command: "knip" },
  { name: "format", command: "prettier --check . --cache --cache-location .cache/prettier" },
  { name: "import cycles", command: cycles },
];

/** How many run at one time: enough to keep the cores busy, few enough to keep the memory free. */
export const checksAtOnce = 2;

/** @param {string} name */
function types(name) {
  return `tsc -p tsconfig.${name}.json --incremental --tsBuildInfoFile .cache/${name}.tsbuildinfo`;
}
