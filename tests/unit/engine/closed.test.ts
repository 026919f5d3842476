import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Database } from "../../../src/engine/database.ts";
import { duckdbModule } from "./module.ts";

const requests: string[] = [];
const folder = mkdtempSync(join(tmpdir(), "closed-"));
let server: Server;
let database: Database;

beforeAll(async () => {
  writeFileSync(join(folder, "secret.csv"), "a,b\n1,2\n");
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.end("a,b\n1,2\n");
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  database = await Database.open(await duckdbModule());
});

afterAll(() => {
  server.close();
});

const url = (): string => `http://localhost:${(server.address() as AddressInfo).port}`;

test.each([
  "SELECT * FROM read_csv('$url/x.csv')",
  "SELECT * FROM '$url/x.csv'",
  "SELECT * FROM read_text('$url/x.csv')",
  "SELECT * FROM read_blob('s3://bucket/x')",
  "SELECT * FROM read_csv('$folder/secret.csv')",
  "SELECT * FROM '$folder/secret.csv'",
  "SELECT * FROM read_text('$folder/secret.csv')",
  "SELECT * FROM glob('$folder/*')",
  "SELECT * FROM sniff_csv('$folder/secret.csv')",
  "SELECT * FROM read_parquet('$url/x.parquet')",
  "COPY (SELECT 1) TO '$folder/out.csv'",
  "COPY (SELECT 1) TO '$url/out.csv'",
  "CREATE TABLE t (a INT); COPY t FROM '$folder/secret.csv'",
  "EXPORT DATABASE '$folder/out'",
  "IMPORT DATABASE '$folder'",
  "ATTACH '$folder/out.db'",
  "ATTACH '$url/x.db' (READ_ONLY)",
  "ATTACH 'opfs://cohortbook/x.db'",
  "SELECT * FROM read_blob('opfs://cohortbook/manifest-1.json')",
  "LOAD httpfs",
  "LOAD '$folder/x.duckdb_extension'",
  "SET enable_external_access = true",
  "RESET enable_external_access",
  "SET lock_configuration = false",
  "SET autoload_known_extensions = true",
  "SET allowed_directories = ['/']",
  "SET temp_directory = '$folder'",
  "PRAGMA enable_external_access = true",
  "CREATE SECRET (TYPE s3)",
  "SELECT getenv('HOME')",
])("%s is refused", async (sql) => {
  const statement = sql.replaceAll("$url", url()).replaceAll("$folder", folder);
  await expect(database.query(statement)).rejects.toThrow(
    /Permission Error|configuration has been locked|does not exist|not in the catalog|extension|not recognized|unrecognized/i,
  );
});

test.each(["INSTALL httpfs", "INSTALL spatial FROM '$url'", "FORCE INSTALL httpfs FROM '$url'"])(
  "%s fetches and loads nothing",
  async (sql) => {
    await database.query(sql.replaceAll("$url", url())).catch(() => undefined);
    await expect(database.query("LOAD httpfs")).rejects.toThrow(/disabled/);
  },
);

test("after all of that the server saw no request and the folder holds no new file", () => {
  expect(requests).toEqual([]);
  expect(readdirSync(folder)).toEqual(["secret.csv"]);
});
