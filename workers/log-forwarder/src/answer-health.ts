import type { Result } from '@innkeeper/shared/result/result';
import type { CloudLogging, WriteFailure } from './cloud-logging.ts';

/**
 * `GET /healthz`: whether Cloud Logging would take an entry. While it does not, no alert tells of any Worker, so this
 * is the one thing to watch from outside. Google is asked at most once a minute for each isolate, whoever asks.
 */
export function createHealth(ports: {
  readonly logging: Pick<CloudLogging, 'probe'>;
  readonly now: () => number;
}): (request: Request) => Promise<Response> {
  let known: { readonly atMs: number; readonly outcome: Result<void, WriteFailure> } | undefined;

  const look = async (): Promise<Result<void, WriteFailure>> => {
    const atMs = ports.now();
    if (known !== undefined && atMs - known.atMs < KNOWN_FOR_MS) return known.outcome;
    const outcome = await ports.logging.probe();
    known = { atMs, outcome };
    return outcome;
  };

  return async request => {
    if (request.method !== 'GET' || new URL(request.url).pathname !== '/healthz') {
      return answer(404, { ok: false, error: 'not_found' });
    }
    const outcome = await look();
    return outcome.ok ? answer(200, { ok: true }) : answer(503, { ok: false, ...outcome.error });
  };
}

const KNOWN_FOR_MS = 60_000;

const answer = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
