import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that any page may read from, and that remembers what it was asked. */
export interface Recorder {
  /** With a slash at the end. */
  readonly url: string;
  /** Method and path of each request, upgrades to WebSocket included. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Starts a recorder on a free port of the loopback address. It answers everything with a script that is also a CSV of one column. */
export async function startRecorder(): Promise<Recorder> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(200, {
      "content-type": "text/javascript",
      "access-control-allow-origin": "*",
      "access-control-allow-headers": "*",
    });
    response.end("globalThis.reached = true\n");
  });
  server.on("upgrade", (request, socket) => {
    requests.push(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  // Anything that so much as connects is counted, TLS of WebTransport included.
  server.on("clientError", (_error, socket) => {
    requests.push("CONNECT");
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
