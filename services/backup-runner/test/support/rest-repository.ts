import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { REPOSITORY_PASSWORD, repositoryFiles } from '@innkeeper/local-stack/testing/restic-repository';

/**
 * restic's REST protocol over a map, with an empty repository in it and faults on demand: for what restic says when a
 * vault refuses, breaks or is full. Whether the real vault speaks the protocol is its own tests' business.
 */
export interface RestRepository extends AsyncDisposable {
  /** As in `RESTIC_REPOSITORY`. */
  readonly repository: string;
  readonly password: string;
  readonly user: string;
  readonly token: string;
  /** By `config` or `<type>/<name>`. */
  readonly files: Map<string, Uint8Array>;
  /** Requests it speaks for are answered with its status; `undefined`: none. */
  fault: Fault | undefined;
}

export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  readonly status: number;
}

const ROOT = '/company/';
const LIST_TYPE = 'application/vnd.x.restic.rest.v2';

export async function startRestRepository(): Promise<RestRepository> {
  const files = new Map<string, Uint8Array>(repositoryFiles().map(({ path, bytes }) => [path, bytes]));
  const server = createServer((request, response) => {
    // restic breaks its other uploads off once one was refused.
    answer(repository, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const repository: RestRepository = {
    repository: `rest:http://127.0.0.1:${address.port}${ROOT}`,
    password: REPOSITORY_PASSWORD,
    user: '2026-11-21',
    token: 'token-of-the-night',
    files,
    fault: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return repository;
}

async function answer(repository: RestRepository, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { files, fault, user, token } = repository;
  const method = request.method ?? '';
  const path = (request.url ?? '').slice(ROOT.length);
  const body = await buffer(request);
  const basic = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  if (request.headers.authorization !== basic) return void response.writeHead(401).end();
  if (fault?.method === method && fault.path.test(path)) return void response.writeHead(fault.status).end();
  if (method === 'POST') files.set(path, body);
  if (method === 'DELETE') files.delete(path);
  if (method === 'POST' || method === 'DELETE') return void response.end();
  if (path.endsWith('/')) {
    const listed = [...files].filter(([name]) => name.startsWith(path));
    const list = listed.map(([name, bytes]) => ({ name: name.slice(path.length), size: bytes.length }));
    return void response.setHeader('content-type', LIST_TYPE).end(JSON.stringify(list));
  }
  const file = files.get(path);
  if (file === undefined) return void response.writeHead(404).end();
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '');
  const [start, end] = [Number(range?.[1] ?? 0), range?.[2] ? Number(range[2]) + 1 : file.length];
  const part = file.subarray(start, end);
  response.writeHead(range === null ? 200 : 206, { 'content-length': part.length });
  response.end(method === 'HEAD' ? undefined : part);
}
