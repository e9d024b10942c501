import { openDatabase } from '../document-table.ts';
import { type RateState, requestRate } from '../request-rate.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { guestyControl } from './guesty-control.ts';
import { guestyError } from './guesty-replies.ts';
import { readGuesty } from './guesty-routes.ts';
import { GuestyWebhook } from './guesty-shapes.ts';
import { openGuestyTables } from './guesty-tables.ts';
import { guestyTokens } from './guesty-tokens.ts';
import { guestyWebhooks } from './guesty-webhooks.ts';

/**
 * Guesty's Open API as far as webhooks are hydrated from it: OAuth with its daily quota, reads, webhook subscriptions,
 * rate limits. The world is put in under `/_control` in the vendor's own shape (reservations as v3) and is durable.
 */
export interface GuestyOptions {
  readonly port: number;
  readonly stateDirectory: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now?: () => number;
}

/** As documented. The names go into the headers. */
const WINDOWS = [
  { name: 'Second', limit: 15, windowMs: 1000 },
  { name: 'Minute', limit: 120, windowMs: 60_000 },
  { name: 'Hour', limit: 5000, windowMs: 3_600_000 },
];

export async function startGuesty(options: GuestyOptions): Promise<RunningStandIn> {
  const now = options.now ?? Date.now;
  const database = openDatabase(options.stateDirectory);
  const tables = openGuestyTables(database);
  const webhooks = guestyWebhooks(
    database.table('webhooks', row => GuestyWebhook.parse(row)),
    now,
  );
  const tokens = guestyTokens({ database, now, clientId: options.clientId, clientSecret: options.clientSecret });
  const rate = requestRate(WINDOWS, now);
  let isRateLimited = true;

  const callApi = (request: StandInRequest): StandInReply => {
    if (!tokens.isValid(request.headers['authorization'])) return guestyError(401, 'UNAUTHORIZED', 'Unauthorized');
    const decision = rate.take();
    const headers = Object.fromEntries(decision.states.flatMap(rateHeaders));
    if (isRateLimited && decision.exceeded !== undefined) {
      const retryAfter = String(Math.ceil(decision.exceeded.resetMs / 1000));
      return guestyError(429, 'TOO_MANY_REQUESTS', 'Too many requests', { ...headers, 'retry-after': retryAfter });
    }
    const path = request.url.pathname.slice('/v1'.length);
    const isWebhook = path.startsWith('/webhooks');
    if (!isWebhook && request.method !== 'GET') return guestyError(405, 'METHOD_NOT_ALLOWED', 'method not allowed');
    const reply = isWebhook ? webhooks.answer(request, path) : readGuesty(tables, path, request.url.searchParams);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };

  const control = guestyControl({
    tables,
    now,
    limit: limits => {
      isRateLimited = limits.rate;
      tokens.setQuota(limits.tokensPerDay ?? undefined);
    },
  });

  const answer = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const { pathname } = request.url;
    if (pathname.startsWith('/_control/webhooks')) return webhooks.control(request);
    if (pathname.startsWith('/_control/')) return control(request);
    if (pathname === '/oauth2/token') return tokens.answer(request);
    return pathname.startsWith('/v1/') ? callApi(request) : guestyError(404, 'NOT_FOUND', 'not found');
  };

  const server = await startStandIn({ name: 'guesty', port: options.port, answer });
  return {
    url: server.url,
    async close() {
      await server.close();
      database.close();
    },
  };
}

const rateHeaders = ({ window, remaining }: RateState): [string, string][] => [
  [`X-RateLimit-Limit-${window.name}`, String(window.limit)],
  [`X-RateLimit-Remaining-${window.name}`, String(remaining)],
];
