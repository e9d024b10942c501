import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';

/**
 * The HTTP shell of every stand-in: one JSON-over-HTTP server on 127.0.0.1 that says it is a stand-in, and whose
 * failures are switched from outside. The vendor's behaviour is the `answer` function, which never sees a fault.
 */
export interface StandInRequest {
  readonly method: string;
  /** As asked for: path, query and the host the client named. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface StandInReply {
  readonly status: number;
  /** Strings go out as they are, streams as they come, anything else as JSON; `undefined` is an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Some vendors answer bare words without a content type. */
  readonly untyped?: true;
}

/** Faults to inject, replaced as a whole by `POST /_control/faults`; `{}` ends them. */
export const Faults = z.strictObject({
  /** Only requests whose path starts with this; everything when absent. */
  pathPrefix: z.string().optional(),
  method: z.string().optional(),
  /** Answer this status instead of the real answer … */
  status: z.int().min(400).max(599).optional(),
  /** … with this body (text is sent as HTML when it starts with `<`). */
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Cut the connection without an answer. */
  cut: z.boolean().optional(),
  /** With `status` or `cut`: what was asked is done first, and only the answer is lost. */
  carriedOut: z.boolean().optional(),
  delayMs: z.int().nonnegative().optional(),
  /** How many requests it concerns; all when absent. */
  times: z.int().positive().optional(),
});
export type Faults = z.infer<typeof Faults>;

export interface StandInServer {
  readonly url: string;
  readonly port: number;
  setFaults(faults: Faults): void;
  /** Resolves when every connection is closed. */
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 32 * 1024 * 1024; // Qdrant's own default limit, the largest of the vendors

export interface StandInOptions {
  readonly name: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly answer: (request: StandInRequest) => Promise<StandInReply> | StandInReply;
}

export async function startStandIn(options: StandInOptions): Promise<StandInServer> {
  let faults: Faults = {};
  let left = Number.POSITIVE_INFINITY;

  const setFaults = (next: Faults): void => {
    faults = next;
    left = next.times ?? Number.POSITIVE_INFINITY;
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming);
    if (body === undefined) return send(response, { status: 413, body: { error: 'body too large' } });
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'stand-in'}`);
    const request: StandInRequest = { method: incoming.method ?? 'GET', url, headers: flatten(incoming), body };

    if (url.pathname === '/_control/faults') {
      const parsed = Faults.safeParse(parseJson(body));
      if (!parsed.success) return send(response, { status: 400, body: { error: parsed.error.message } });
      setFaults(parsed.data);
      return send(response, { status: 200, body: { ok: true } });
    }
    if (url.pathname === '/_control/health') {
      return send(response, { status: 200, body: { ok: true, name: options.name, standIn: true } });
    }

    const isControl = url.pathname.startsWith('/_control/');
    const isMeant =
      url.pathname.startsWith(faults.pathPrefix ?? '/') && (faults.method ?? request.method) === request.method;
    const concerns = left > 0 && !isControl && isMeant;
    const faulty = faults.status !== undefined || faults.cut === true || faults.delayMs !== undefined;
    if (!concerns || !faulty) return send(response, await options.answer(request));
    const active = faults;
    left -= 1;
    if (active.delayMs !== undefined) await delay(active.delayMs);
    if (active.carriedOut === true) await options.answer(request);
    if (active.cut === true) {
      incoming.socket.destroy();
      return undefined;
    }
    if (active.status === undefined) return send(response, await options.answer(request));
    return send(response, {
      status: active.status,
      body: active.body ?? { error: 'fault injected' },
      ...(active.headers === undefined ? {} : { headers: active.headers }),
    });
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      console.error(JSON.stringify({ standIn: options.name, event: 'request.failed', error: String(error) }));
      if (!response.headersSent) send(response, { status: 500, body: { error: 'the stand-in has a bug' } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    setFaults,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** JSON text to a value; `undefined` where it is not JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined; // The caller answers as the vendor does for a malformed body.
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function flatten(incoming: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

function send(response: ServerResponse, reply: StandInReply): void {
  if (reply.body instanceof Readable) {
    response.writeHead(reply.status, reply.headers);
    // However it ends: the other side is told by the end of the connection, and the stream by being destroyed.
    pipeline(reply.body, response).catch(() => undefined);
    return;
  }
  const isText = typeof reply.body === 'string';
  const text = reply.body === undefined ? '' : isText ? reply.body : JSON.stringify(reply.body);
  const contentType = isText ? (text.startsWith('<') ? 'text/html' : 'text/plain') : 'application/json';
  response.writeHead(reply.status, {
    ...(reply.untyped === true ? {} : { 'content-type': contentType }),
    ...reply.headers,
  });
  response.end(text);
}
