import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "@playwright/test";

/** What Chromium needs to run the page without a screen, and with WebGPU on a machine without a GPU. */
export const browserArguments = ["--no-sandbox", "--disable-background-networking", "--enable-unsafe-webgpu"];

/**
 * The path of a Chromium that starts: CHROMIUM_PATH, one of the system's, Playwright's own (downloaded if need be), or
 * one from the system's package manager. An Error with one clear sentence where there is none to be had.
 *
 * @returns {string}
 */
export function findBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (starts(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH: expected the path of a Chromium that starts, got "${chosen}".`);
  }
  const found = firstThatStarts() ?? downloaded() ?? packaged();
  if (found) return found;
  throw new Error(
    "No Chromium was found and none could be installed: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.",
  );
}

function firstThatStarts() {
  return [...systemPaths(), chromium.executablePath()].find(starts);
}

function systemPaths() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath =
    process.platform === "win32" ? [] : folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces()];
}

function usualPlaces() {
  if (process.platform === "darwin")
    return ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform !== "win32") return ["/snap/bin/chromium", "/opt/google/chrome/chrome"];
  const roots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
  return roots
    .filter((root) => root !== undefined)
    .flatMap((root) => [
      join(root, "Google/Chrome/Application/chrome.exe"),
      join(root, "Chromium/Application/chrome.exe"),
    ]);
}

/** @param {string} path */
function starts(path) {
  if (!isExecutable(path)) return false;
  // Asked for its version on Windows, Chrome opens a window instead.
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function downloaded() {
  console.error("Downloading Chromium …");
  const folder = dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json"));
  const withLibraries = process.platform === "linux" && process.getuid?.() === 0 ? ["--with-deps"] : [];
  for (const options of [[], withLibraries]) {
    spawnSync(process.execPath, [join(folder, "cli.js"), "install", "--no-shell", ...options, "chromium"], {
      timeout: 300_000,
      stdio: "ignore",
    });
    if (starts(chromium.executablePath())) return chromium.executablePath();
  }
  return undefined;
}

const managers = [
  {
    file: "/usr/bin/apt-get",
    commands: ["apt-get update", "apt-get install -y --no-install-recommends chromium"],
  },
  { file: "/usr/bin/dnf", commands: ["dnf install -y chromium"] },
  { file: "/sbin/apk", commands: ["apk add chromium"] },
  { file: "/usr/bin/pacman", commands: ["pacman -Sy --noconfirm chromium"] },
];

function packaged() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  const manager = managers.find(({ file }) => existsSync(file));
  if (!manager) return undefined;
  console.error("Installing Chromium with the system's package manager …");
  for (const command of manager.commands)
    spawnSync(command, { shell: true, timeout: 600_000, stdio: "ignore" });
  return firstThatStarts();
}
