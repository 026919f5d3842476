import { createServer } from "node:http";
import sirv from "sirv";

/**
 * A static server of `folder` on the loopback address, under the path `base`. Port 0 takes any free one.
 *
 * @param {{ folder: string, port?: number, base?: string }} options
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve({ folder, port = 0, base = "/" }) {
  const files = sirv(folder, { etag: true, setHeaders: keepHashedFiles });
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (path === base.slice(0, -1)) return void response.writeHead(301, { location: base }).end();
    if (!path.startsWith(base)) return void response.writeHead(404).end();
    request.url = path.slice(base.length - 1);
    files(request, response, () => void response.writeHead(404).end());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}${base}`, close: () => shut(server) };
}

/**
 * Built files whose names carry a hash never change; all others are asked for anew each time.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {string} path
 */
function keepHashedFiles(response, path) {
  response.setHeader(
    "cache-control",
    path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  );
}

/** @param {import("node:http").Server} server */
function shut(server) {
  server.closeAllConnections();
  return /** @type {Promise<void>} */ (new Promise((resolve) => server.close(() => resolve())));
}
