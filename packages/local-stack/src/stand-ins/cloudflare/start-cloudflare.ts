import type { RunningStandIn } from '../run-stand-in.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { ACCOUNT_TOKEN_ROUTES } from './account-token-routes.ts';
import { refusal } from './cloudflare-replies.ts';
import { type CloudflareRoute, matchPath } from './cloudflare-route.ts';
import type { CloudflareWorld } from './cloudflare-world.ts';
import { DNS_RECORD_ROUTES } from './dns-record-routes.ts';
import { QUEUE_ROUTES } from './queue-routes.ts';
import { USER_TOKEN_ROUTES } from './user-token-routes.ts';
import { WORKER_DEPLOYMENT_ROUTES } from './worker-deployment-routes.ts';
import { WORKER_SECRET_ROUTES } from './worker-secret-routes.ts';

/**
 * Cloudflare's API as far as operating the product needs it, one file of routes per resource. Strict: a call without
 * the
 * right, of another account, with a body outside the documented shape, or of a route that does not exist is refused as
 * Cloudflare refuses it. I/O: listens on 127.0.0.1; what it holds ends with it.
 */
export interface CloudflareOptions {
  readonly port: number;
  readonly world: CloudflareWorld;
}

const ROUTES: readonly CloudflareRoute[] = [
  ...WORKER_SECRET_ROUTES,
  ...ACCOUNT_TOKEN_ROUTES,
  ...USER_TOKEN_ROUTES,
  ...DNS_RECORD_ROUTES,
  ...QUEUE_ROUTES,
  ...WORKER_DEPLOYMENT_ROUTES,
];
const BASE = '/client/v4';

/** Its `url` includes `/client/v4`. */
export async function startCloudflare({ port, world }: CloudflareOptions): Promise<RunningStandIn> {
  const server = await startStandIn({ name: 'cloudflare', port, answer: request => answer(world, request) });
  return { url: `${server.url}${BASE}`, close: () => server.close() };
}

function answer(world: CloudflareWorld, request: StandInRequest): StandInReply {
  const path = request.url.pathname;
  if (!path.startsWith(`${BASE}/`)) return noRoute();
  const found = ROUTES.flatMap(route => {
    const names = matchPath(route.path, path.slice(BASE.length));
    return names === undefined ? [] : [{ route, names }];
  });
  const match = found.find(({ route }) => route.method === request.method);
  if (match === undefined) return found.length > 0 ? refusal(405, 7001, 'Method not allowed') : noRoute();
  const { route, names } = match;

  const token = /^Bearer ([\w-]+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
  if (token === undefined) return refusal(400, 6003, 'Invalid request headers');
  const caller = callerOf(world, token);
  if (caller === undefined) return refusal(401, 1000, 'Invalid API Token');
  const isAllowed = route.rights.length === 0 || route.rights.some(right => caller.rights.includes(right));
  const isOwnAccount = names['account'] === undefined || names['account'] === world.accountId;
  if (!isAllowed || !isOwnAccount) return refusal(403, 10_000, 'Authentication error');

  const body = request.body.length === 0 ? undefined : parseJson(request.body);
  const { headers } = request;
  return route.answer(world, { names, query: request.url.searchParams, headers, token, body });
}

const noRoute = (): StandInReply => refusal(404, 7000, 'No route for that URI');

/** Tokens of the account are callers too: by the value they have now. */
function callerOf(world: CloudflareWorld, token: string): { readonly rights: readonly string[] } | undefined {
  const caller = world.callers.get(token);
  if (caller !== undefined) return (caller.expiresAtMs ?? Number.POSITIVE_INFINITY) > world.now() ? caller : undefined;
  const own = [...world.accountTokens.values()].find(({ value }) => value === token);
  if (own === undefined) return undefined;
  const isExpired = own.expiresOn !== undefined && Date.parse(own.expiresOn) <= world.now();
  return isExpired ? undefined : { rights: [] };
}
