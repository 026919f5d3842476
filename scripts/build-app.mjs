import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = [
  "index.html",
  "src",
  "workers",
  "datasets",
  "public",
  "build",
  "vite.config.ts",
  "svelte.config.js",
  "package-lock.json",
];
const stamp = join(root, ".cache/built");

/** The folder of the built app. */
export const builtApp = join(root, "dist");

/** Builds the app into `dist` with Vite. */
export async function buildApp() {
  const started = new Date();
  const { build } = await import("vite");
  await build({ root, logLevel: "warn" });
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(stamp, "");
  // A file saved while the build ran may not be in it.
  utimesSync(stamp, started, started);
}

/** Builds the app where it was never built, or a source is newer than the build. */
export async function buildAppIfStale() {
  const built = Math.min(timeOf(stamp), timeOf(join(builtApp, "index.html")));
  if (sources.every((source) => newest(join(root, source)) < built)) return;
  const started = Date.now();
  console.error("Building the app, about half a minute …");
  await buildApp();
  console.error(`Built in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/**
 * The latest time of change in a file or a folder's whole tree: a folder's own time tells of files that are gone.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const time = timeOf(path);
  if (time === 0 || !statSync(path).isDirectory()) return time;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), time);
}

/** @param {string} path */
function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
