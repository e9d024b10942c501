import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type LocalServer, readBody, serveLocal } from '../http/serve-local.ts';

const TRIGGER_PATH = /^\/functions\/projects\/([^/]+)\/triggers\//u;
const REGISTER_PATH = /^\/_control\/projects\/([^/]+)$/u;

/**
 * One Firestore emulator knows one address for trigger events, but every test file wants its own. This relay is that
 * address: events of project P go, unchanged, to the address that was registered for P by
 * `PUT /_control/projects/P` with the target's base URL as the body; events of other projects answer 404.
 */
export async function startTriggerRelay(): Promise<LocalServer> {
  const targets = new Map<string, string>();

  const answer = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const path = request.url ?? '/';
    const register = REGISTER_PATH.exec(path)?.[1];
    if (request.method === 'PUT' && register !== undefined) {
      targets.set(register, (await readBody(request)).toString('utf8'));
      return { status: 204, body: '' };
    }
    const target = targets.get(TRIGGER_PATH.exec(path)?.[1] ?? '');
    if (target === undefined) return { status: 404, body: 'no target registered for this project' };
    try {
      const response = await fetch(`${target}${path}`, {
        method: request.method ?? 'POST',
        headers: endToEndHeaders(request),
        body: Readable.toWeb(request) as ReadableStream<Uint8Array>,
        duplex: 'half',
      });
      return { status: response.status, body: await response.text() };
    } catch {
      return { status: 502, body: 'the target of this project does not answer' }; // A test ended it on purpose.
    }
  };

  return serveLocal({
    name: 'trigger-relay',
    port: 0,
    handle: async (request, response) => {
      const { status, body } = await answer(request);
      response.writeHead(status).end(body);
    },
  });
}

const HOP_BY_HOP = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

function endToEndHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP_BY_HOP.has(name) && value !== undefined)
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
