import { MongoError } from 'mongodb';
import specification from '../../../../specs/rocketchat.json' with { type: 'json' };
import { type RateDecision, type RateState, requestRate } from '../../request-rate.ts';
import { requestShapes } from '../../request-shapes.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../../stand-in-server.ts';
import type { UserDocument } from '../store/documents.ts';
import type { Endpoint } from './chat-endpoints.ts';
import { ChatFailure, failure, failureOf, invalidParameters, noSuchEndpoint, notLoggedIn } from './chat-replies.ts';

/** Everything under `/api/v1`: who calls, how often, in which shape, and what a refusal looks like. */
export interface RestOptions {
  /** By method and name, e.g. `POST chat.sendMessage`. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** `POST login`, which needs no caller. */
  readonly logIn: (body: unknown) => Promise<StandInReply>;
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

export function answerRest({ endpoints, logIn, authenticate, rateLimit, now }: RestOptions) {
  const shapes = requestShapes(specification);
  const rates = new Map<string, ReturnType<typeof requestRate>>();

  /** Undefined for a caller who is not counted: such a caller's replies have no rate headers either. */
  const countCall = (endpoint: string, caller: UserDocument): RateDecision | undefined => {
    if (!rateLimit.enabled || (rateLimit.exemptBots && caller.roles.includes('bot'))) return undefined;
    const rate = rates.get(endpoint) ?? requestRate([RATE], () => now().getTime());
    rates.set(endpoint, rate);
    return rate.take();
  };

  const rateHeaders = ({ states }: RateDecision): Record<string, string> => {
    const { remaining = 0, resetMs = 0 } = states[0] ?? {};
    return {
      'x-ratelimit-limit': String(RATE.limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(now().getTime() + resetMs),
    };
  };

  const carryOut = async (request: StandInRequest, name: string, caller: UserDocument): Promise<StandInReply> => {
    const endpoint = endpoints[`${request.method} ${name}`];
    if (endpoint === undefined) return noSuchEndpoint;
    try {
      const body = ['POST', 'PUT'].includes(request.method) ? (parseJson(request.body) ?? {}) : undefined;
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

  return async (request: StandInRequest): Promise<StandInReply> => {
    // `im` and `dm` are two names of the same endpoints.
    const name = request.url.pathname.replace('/api/v1/', '').replace(/^im\./u, 'dm.');
    const operation = `${request.method} ${name}`;
    try {
      if (operation === 'POST login') return await logIn(parseJson(request.body));
      if (endpoints[operation] === undefined) return noSuchEndpoint;
      const caller = await authenticate(request.headers['x-user-id'] ?? '', request.headers['x-auth-token'] ?? '');
      if (caller === undefined) return notLoggedIn;
      const counted = countCall(operation, caller);
      const reply = counted?.exceeded === undefined ? await carryOut(request, name, caller) : tooMany(counted.exceeded);
      return counted === undefined ? reply : { ...reply, headers: { ...reply.headers, ...rateHeaders(counted) } };
    } catch (error) {
      if (error instanceof MongoError) return failure(error.message);
      throw error;
    }
  };
}

function tooMany({ resetMs }: RateState): StandInReply {
  const seconds = Math.ceil(resetMs / 1000);
  const wait = `You must wait ${seconds} seconds before trying this endpoint again.`;
  const sentence = `Error, too many requests. Please slow down. ${wait}`;
  return failureOf(new ChatFailure('error-too-many-requests', sentence, 429));
}
