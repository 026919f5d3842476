// Makes a clone ready: checks Node and installs packages that are missing. Needs nothing but Node itself.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

requireNode(20, 19);
if (!installed()) install();

/**
 * @param {number} major
 * @param {number} minor
 */
function requireNode(major, minor) {
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(`Cohortbook needs Node ${major}.${minor} or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/** Whether node_modules holds every package that package-lock.json asks for, at its version. */
function installed() {
  const wanted = packages("package-lock.json");
  const present = packages("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === "" || (optional && !present[path]) || present[path]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version: string, optional?: boolean }> | null}
 */
function packages(lockFile) {
  try {
    return JSON.parse(readFileSync(`${root}${lockFile}`, "utf8")).packages;
  } catch {
    return null;
  }
}

function install() {
  const started = Date.now();
  console.log("Installing packages, about a minute …");
  // Not `npm ci`: it refuses a lock file that lacks the binaries of other platforms. This keeps to the lock file's versions as well.
  const command = "npm install --no-save --no-audit --no-fund --loglevel=error";
  // A shell, since npm is a script of its own kind on Windows.
  const { status } = spawnSync(command, { cwd: root, shell: true, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0 || !installed()) {
    console.error("Packages could not be installed; if npm said why, its words stand above.");
    process.exit(1);
  }
  console.log(`Packages installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}
