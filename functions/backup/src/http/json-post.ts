import type { HttpFunction, Request } from '@google-cloud/functions-framework';
import type { Log } from '@innkeeper/shared/log/log';
import { callerAddress } from '../exchange/caller-address.ts';

/**
 * The edge of each function: method, content type and size are settled here, and the raw bytes go on. Whatever goes
 * wrong is answered by a fixed text; bodies are in no log. JSON that is broken the framework itself answers by 400.
 */
export interface ReceivedPost {
  readonly body: Uint8Array;
  /** `undefined` when absent. */
  header(name: string): string | undefined;
  /** Address it comes from. */
  readonly caller: string;
}

export interface Answer {
  readonly status: number;
  readonly json: object;
}

export interface JsonPostOptions {
  /** For the log. */
  readonly name: string;
  readonly bodyBytesMax: number;
  readonly log: Log;
  readonly answer: (post: ReceivedPost) => Promise<Answer>;
}

export function jsonPost({ name, bodyBytesMax, log, answer }: JsonPostOptions): HttpFunction {
  return async (request, response) => {
    const body = request.rawBody ?? new Uint8Array();
    const refusal = refusalOf(request, body, bodyBytesMax);
    if (refusal !== undefined) log.warn('request.refused', { name, status: refusal.status });
    if (refusal?.status === 405) response.set('allow', 'POST');
    const { status, json } = refusal ?? (await answerSafely(name, log, () => answer(received(request, body))));
    response.set('cache-control', 'no-store').status(status).json(json);
  };
}

function refusalOf(request: Request, body: Uint8Array, bodyBytesMax: number): Answer | undefined {
  if (request.method !== 'POST') return { status: 405, json: { error: 'method not allowed' } };
  if (body.length > bodyBytesMax) return { status: 413, json: { error: 'too_large' } };
  const isTyped = /^application\/json\b/iu.test(request.headers['content-type'] ?? '');
  // A scheduler that sends nothing need not say of what type it is.
  if (body.length > 0 && !isTyped) return { status: 415, json: { error: 'content type must be application/json' } };
  return undefined;
}

async function answerSafely(name: string, log: Log, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : 'no error was thrown';
    log.error('request.failed', { name, detail });
    return { status: 500, json: { error: 'internal' } };
  }
}

function received(request: Request, body: Uint8Array): ReceivedPost {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join() : value;
  };
  return { body, header, caller: callerAddress(header('x-forwarded-for'), request.socket.remoteAddress) };
}
