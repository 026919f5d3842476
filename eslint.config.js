import { defineConfig } from "eslint/config";
import js from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import { layers } from "./eslint.layers.js";
import svelteConfig from "./svelte.config.js";

const noRandom = { object: "Math", property: "random", message: "Take a seeded Random instead." };
const unstable = [
  "exp",
  "expm1",
  "log",
  "log1p",
  "log2",
  "log10",
  "pow",
  "sin",
  "cos",
  "tan",
  "tanh",
  "cbrt",
  "hypot",
];

export default defineConfig(
  {
    ignores: [
      "dist",
      "node_modules",
      ".svelte-check",
      ".cache",
      "test-results",
      "*.config.*",
      "eslint.layers.js",
      "scripts/*.mjs",
      // AssemblyScript, which its own compiler checks.
      "src/compute/simd/assembly",
      "tests/bench/assembly",
    ],
  },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker },
      parserOptions: {
        project: ["./tsconfig.json", "./tsconfig.worker.json", "./tsconfig.node.json"],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".svelte"],
      },
    },
    plugins: { jsdoc },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-console": "error",
      "no-restricted-properties": ["error", noRandom],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          require: { FunctionDeclaration: true, ClassDeclaration: true },
          contexts: ["TSInterfaceDeclaration", "TSTypeAliasDeclaration"],
        },
      ],
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { "no-undef": "off" },
  },
  { files: ["**/*.ts"], rules: { "no-undef": "off" } },
  {
    // What the simulators draw with, and they themselves: the same seed gives the same bits in every engine.
    files: ["datasets/**/*.ts", "src/core/{math,random,sampling}.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        noRandom,
        ...unstable.map((property) => ({
          object: "Math",
          property,
          message: "Differs between builds: take ours from src/core.",
        })),
      ],
    },
  },
  { files: ["tests/**", "build/**"], rules: { "jsdoc/require-jsdoc": "off", "no-console": "off" } },
  // Playwright reads what a fixture needs from its pattern, and some need nothing.
  {
    files: ["tests/browser/**"],
    rules: { "no-empty-pattern": ["error", { allowObjectPatternsAsParameters: true }] },
  },
  ...layers,
);
