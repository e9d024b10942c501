import type { Secret } from '@innkeeper/shared/config/secret';
import { matchesAny } from '@innkeeper/shared/http-edge/constant-time-equal';
import { answerRefusal } from '@innkeeper/shared/http-edge/refusal';
import type { WorkSummary } from './conversation/questions-in-work.ts';

/**
 * `GET /status`: how many questions are in work, for whoever has the webhook's token as a bearer token. Undefined for
 * every other path.
 */
export interface StatusEdge {
  readonly tokens: readonly Secret[];
  readonly summary: () => Promise<WorkSummary>;
}

export function createStatusEdge(edge: StatusEdge): (request: Request) => Promise<Response | undefined> {
  return async request => {
    if (new URL(request.url).pathname !== '/status') return undefined;
    if (request.method !== 'GET') return answerRefusal('method_not_allowed', 'GET');
    const token = /^Bearer (\S{1,200})$/u.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const accepted = edge.tokens.map(secret => secret.reveal());
    if (!(await matchesAny(token, accepted))) return answerRefusal('unauthorised');
    return Response.json(await edge.summary(), { headers: { 'cache-control': 'no-store' } });
  };
}
