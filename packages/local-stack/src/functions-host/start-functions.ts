import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import * as z from 'zod';
import { sendJson, serveLocal } from '../http/serve-local.ts';
import { Invoker, invokerCheck } from './check-invoker.ts';

/** One registered function and where it listens; what kind it is, its registration says. */
export const FunctionTarget = z.strictObject({
  target: z.string().min(1),
  port: z.int().min(0).max(65_535),
  /** The only caller of a private function; without it anybody on this machine may call. */
  invoker: Invoker.optional(),
});
export type FunctionTarget = z.infer<typeof FunctionTarget>;

export interface RunningFunctions {
  /** `http://127.0.0.1:port` of a target. */
  urlOf(target: string): string;
  readonly controlUrl: string;
  /** Takes no new call and resolves when the running ones are answered. */
  close(): Promise<void>;
}

/**
 * Serves functions that an imported module has registered with the functions framework, each on its own port of
 * 127.0.0.1 (the framework's own command listens on every interface).
 */
export async function startFunctions(options: {
  targets: readonly FunctionTarget[];
  controlPort: number;
}): Promise<RunningFunctions> {
  const servers = new Map<string, Server>();
  for (const { target, port, invoker } of options.targets) {
    const served = getTestServer(target);
    servers.set(target, await listen(invoker === undefined ? served : behindCheck(served, invoker), port));
  }
  const control = await serveLocal({
    name: 'functions-host',
    port: options.controlPort,
    handle: (request, response) => {
      const known = request.url === '/_control/health';
      sendJson(response, known ? 200 : 404, known ? { ok: true, name: 'functions-host' } : { error: 'not found' });
      return Promise.resolve();
    },
  });

  return {
    urlOf(target) {
      const server = servers.get(target);
      if (server === undefined) throw new Error(`no function ${target}; there are ${[...servers.keys()].join(', ')}`);
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    controlUrl: control.url,
    async close() {
      await Promise.all([...servers.values()].map(finish));
      await control.close();
    },
  };
}

/** The framework's server, which gets only what its platform would let through. */
function behindCheck(served: Server, invoker: Invoker): Server {
  const check = invokerCheck(invoker);
  return createServer((request, response) => {
    void check(request).then(refusal => {
      if (refusal === 0) served.emit('request', request, response);
      else response.writeHead(refusal).end();
    });
  });
}

async function listen(server: Server, port: number): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

/** Waits for running calls; idle connections are closed at once. */
function finish(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
