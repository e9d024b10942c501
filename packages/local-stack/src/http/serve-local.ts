import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A plain HTTP server of the local stack: 127.0.0.1 only, a bug in the handler answers 500 and is logged. */
export interface LocalServer {
  readonly url: string;
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** Takes no new connection and resolves when every open one is closed. */
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** Who speaks, in the log. */
  readonly name: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Clients keep a connection for up to a minute; closing it first would fail their next request. */
const KEEP_ALIVE_MS = 65_000;

export async function serveLocal(options: LocalServerOptions): Promise<LocalServer> {
  const server = createServer((request, response) => {
    options.handle(request, response).catch((error: unknown) => {
      console.error(
        JSON.stringify({ severity: 'ERROR', process: options.name, event: 'request.failed', error: String(error) }),
      );
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${address}`,
    address,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
