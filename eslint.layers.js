/** What each folder may import besides itself. Anything not listed is an error; `src/app` may import any. */
const may = {
  "src/ui": [
    "src/state",
    "src/views",
    "src/notebook",
    "src/protocol",
    "src/specs",
    "src/data",
    "src/text",
    "src/core",
  ],
  "src/state": ["src/notebook", "src/protocol", "src/specs", "src/data", "src/text", "src/core"],
  "src/views": ["src/specs", "src/text", "src/core"],
  "src/kernel": [
    "src/speed",
    "src/library",
    "src/compute",
    "src/protocol",
    "src/specs",
    "src/data",
    "src/core",
  ],
  "src/speed": ["src/library", "src/compute", "src/specs", "src/data", "src/core"],
  "src/engine": ["datasets", "src/protocol", "src/data", "src/core"],
  "src/library": ["src/compute", "src/specs", "src/data", "src/core"],
  "src/notebook": ["src/protocol", "src/specs", "src/data", "src/core"],
  "src/protocol": ["src/specs", "src/data", "src/core"],
  "src/compute": ["src/core"],
  "src/specs": ["src/core"],
  "src/data": ["src/core"],
  "src/text": [],
  "src/core": [],
  workers: ["src/engine", "src/kernel", "src/protocol"],
  datasets: ["src/data", "src/core"],
};

const folders = [...Object.keys(may), "src/app"];

/** One lint block a folder: imports of the folders it may not use are errors. */
export const layers = Object.entries(may).map(([from, allowed]) => {
  const closed = folders
    .filter((folder) => folder !== from && !allowed.includes(folder))
    .map((folder) => folder.replace("src/", "(src/)?"));
  return {
    files: [`${from}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${closed.join("|")})(/|$)`,
              message: `${from} may import only ${allowed.join(", ") || "itself"}.`,
            },
          ],
        },
      ],
    },
  };
});
