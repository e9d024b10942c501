import { MongoError } from 'mongodb';
import specification from '../../../../specs/rocketchat.json' with { type: 'json' };
import { requestRate } from '../../request-rate.ts';
import { requestShapes } from '../../request-shapes.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../../stand-in-server.ts';
import type { UserDocument } from '../store/documents.ts';
import type { Endpoint } from './chat-endpoints.ts';
import { ChatFailure, failure, failureOf, invalidParameters, noSuchEndpoint, notLoggedIn } from './chat-replies.ts';

/** Everything under `/api/v1`: who calls, how often, in which shape, and what a refusal looks like. */
export interface RestOptions {
  /** By method and name, e.g. `POST chat.sendMessage`. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly authenticate: (userId: string, authToken: string) => Promise<UserDocument | undefined>;
  readonly rateLimit: RateLimitSwitch;
  readonly now: () => Date;
}

export interface RateLimitSwitch {
  /** Off at first, as on a server in development mode. */
  enabled: boolean;
  /** The stock role `bot` carries api-bypass-rate-limit. */
  exemptBots: boolean;
}

const RATE = { name: 'endpoint', limit: 10, windowMs: 60_000 }; // the server's defaults

export function answerRest({ endpoints, authenticate, rateLimit, now }: RestOptions) {
  const shapes = requestShapes(specification);
  const rates = new Map<string, ReturnType<typeof requestRate>>();

  const limitRate = (endpoint: string, caller: UserDocument): StandInReply | undefined => {
    if (!rateLimit.enabled || (rateLimit.exemptBots && caller.roles.includes('bot'))) return undefined;
    const rate = rates.get(endpoint) ?? requestRate([RATE], () => now().getTime());
    rates.set(endpoint, rate);
    const { exceeded } = rate.take();
    if (exceeded === undefined) return undefined;
    const seconds = Math.ceil(exceeded.resetMs / 1000);
    const sentence = `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again.`;
    return failureOf(new ChatFailure('error-too-many-requests', sentence, 429));
  };

  return async (request: StandInRequest): Promise<StandInReply> => {
    // `im` and `dm` are two names of the same endpoints.
    const name = request.url.pathname.replace('/api/v1/', '').replace(/^im\./u, 'dm.');
    const operation = `${request.method} ${name}`;
    const endpoint = endpoints[operation];
    if (endpoint === undefined) return noSuchEndpoint;
    try {
      const caller = await authenticate(request.headers['x-user-id'] ?? '', request.headers['x-auth-token'] ?? '');
      if (caller === undefined) return notLoggedIn;
      const refusal = limitRate(operation, caller);
      if (refusal !== undefined) return refusal;
      const body = request.method === 'POST' ? (parseJson(request.body) ?? {}) : undefined;
      const problem = shapes.check(`${request.method} /api/v1/${name}`, { query: request.url.searchParams, body });
      if (problem !== undefined) return invalidParameters(`${problem.at} ${problem.message}`.trim());
      return await endpoint({ caller, query: request.url.searchParams, body });
    } catch (error) {
      if (error instanceof ChatFailure) return failureOf(error);
      // The real one answers whatever goes wrong inside, a database that is away included, as a plain failure.
      if (error instanceof MongoError) return failure(error.message);
      throw error;
    }
  };
}
