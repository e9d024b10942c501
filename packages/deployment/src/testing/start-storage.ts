import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Cloud Storage's JSON API for one bucket, as far as the journal uses it and as strict: media uploads under
 * `ifGenerationMatch`, downloads with `alt=media`, a bearer token for both.
 */
export interface Storage {
  readonly url: string;
  /** The next answer is this status, before or after the request took effect. */
  readonly failNext: (status: number, when: 'before' | 'after') => void;
  readonly close: () => Promise<void>;
}

interface StoredObject {
  readonly body: string;
  readonly generation: bigint;
}

export async function startStorage(options: { readonly bucket: string; readonly token: string }): Promise<Storage> {
  const objects = new Map<string, StoredObject>();
  // Google's are microseconds: beyond what a JavaScript number holds exactly.
  let generation = 1_763_793_600_000_000_001n;
  let failure: { readonly status: number; readonly when: 'before' | 'after' } | undefined;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const failed = failure;
    failure = undefined;
    if (failed?.when === 'before') return reply(response, failed.status, 'backend error');
    const outcome = handle(request, body);
    return failed === undefined
      ? reply(response, outcome.status, outcome.body, outcome.headers)
      : reply(response, failed.status, 'backend error');
  };

  const handle = (request: IncomingMessage, body: string): Answer => {
    const url = new URL(request.url ?? '', 'http://storage');
    if (request.headers.authorization !== `Bearer ${options.token}`)
      return { status: 401, body: 'Invalid Credentials' };
    const read = /^\/storage\/v1\/b\/([^/]+)\/o\/([^/]+)$/u.exec(url.pathname);
    const write = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/u.exec(url.pathname);
    if ((read ?? write)?.[1] !== options.bucket) return { status: 404, body: 'The specified bucket does not exist.' };
    if (read && request.method === 'GET' && url.searchParams.get('alt') === 'media') {
      const name = decodeURIComponent(read[2] ?? '');
      const object = objects.get(name);
      if (object === undefined) return { status: 404, body: `No such object: ${options.bucket}/${name}` };
      return { status: 200, body: object.body, headers: { 'x-goog-generation': String(object.generation) } };
    }
    const name = url.searchParams.get('name');
    const expected = url.searchParams.get('ifGenerationMatch');
    const isUpload = write && request.method === 'POST' && url.searchParams.get('uploadType') === 'media';
    if (!isUpload || name === null || expected === null || !/^\d+$/u.test(expected)) {
      return { status: 400, body: 'Required parameter' };
    }
    if (BigInt(expected) !== (objects.get(name)?.generation ?? 0n)) return { status: 412, body: 'conditionNotMet' };
    generation += 1n;
    objects.set(name, { body, generation });
    return { status: 200, body: JSON.stringify({ name, generation: String(generation) }) };
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext: (status, when) => {
      failure = { status, when };
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function reply(response: ServerResponse, status: number, body: string, headers: Answer['headers'] = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}
