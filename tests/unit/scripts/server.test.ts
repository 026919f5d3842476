import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "../../../scripts/server.mjs";

const folder = mkdtempSync(join(tmpdir(), "cohortbook-"));
mkdirSync(join(folder, "assets"));
writeFileSync(join(folder, "index.html"), "<p>page</p>");
writeFileSync(join(folder, "assets/engine-1a2b.wasm"), "\0asm");

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve({ folder, base: "/book/" });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

test("the page is served under its path, and a path without its last slash leads there", async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/book\/$/);
  const response = await fetch(server.url.slice(0, -1));
  expect(response.url).toBe(server.url);
  expect(await response.text()).toBe("<p>page</p>");
});

test("WebAssembly has its type, and a file with a hash in its name is kept for good", async () => {
  const { headers } = await fetch(`${server.url}assets/engine-1a2b.wasm`);
  expect(headers.get("content-type")).toBe("application/wasm");
  expect(headers.get("cache-control")).toContain("immutable");
});

test("nothing outside the path or the folder is served", async () => {
  expect((await fetch(new URL("/index.html", server.url))).status).toBe(404);
  expect((await fetch(`${server.url}..%2f..%2fetc%2fpasswd`)).status).toBe(404);
  expect((await fetch(`${server.url}missing.js`)).status).toBe(404);
});
