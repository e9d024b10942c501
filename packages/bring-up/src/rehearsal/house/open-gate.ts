import { resourceName, type TerraformValues } from '@innkeeper/deployment/environment/environment-values';
import { type StandInReply, type StandInRequest, startStandIn } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { secretsOfWorker } from '@innkeeper/secrets/catalogue/catalogue';
import { WORKERS, type WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';
import { VERSION_HEADER } from '@innkeeper/shared/http-edge/name-version';
import type { Account } from '../programs/account.ts';
import type { Origins } from './local-stack.ts';

/** Who asks under a name of the environment that has no such header came past `route-names.ts`. */
const HOST = 'x-rehearsed-host';
const HOP_HEADERS = new Set([HOST, 'host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);

export interface Gate {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * What answers under the environment's names. Behind a Worker's stands the local stack's, reached only once the Worker
 * was deployed and has every secret it needs: before that Cloudflare knows it not, or it answers 503 as it would there.
 */
export function openGate(account: Account, values: TerraformValues, origins: () => Origins | undefined): Promise<Gate> {
  const workerOf = new Map(WORKERS.map(worker => [hostnameOf(values, worker), worker] as const));
  const answer = async (request: StandInRequest): Promise<StandInReply> => {
    const host = request.headers[HOST] ?? '';
    const worker = workerOf.get(host);
    if (worker !== undefined) return named(await askWorker(worker, request), request);
    if (host === values.hostnames.chat) return askChat(request);
    // Keycloak does not run here.
    if (host === values.hostnames.login) return { status: request.url.pathname === '/robots.txt' ? 200 : 404 };
    const name = host.slice(0, host.indexOf(`-${values.google.project_number}.`));
    // Of a function that everybody may call: its own code refuses what is no POST.
    return { status: Object.hasOwn(account.functions, name) ? 405 : 404 };
  };
  const askChat = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const origin = origins()?.chat;
    // The stand-in of Rocket.Chat has no page about itself.
    return origin !== undefined && request.url.pathname === '/api/info' ? { status: 200 } : forward(origin, request);
  };
  const askWorker = (worker: WorkerName, request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const deployed = account.vendors?.cloudflare.workers.get(resourceName(worker, values.environment));
    if (deployed === undefined) return { status: 530 };
    const missing = secretsOfWorker(worker).filter(
      ({ entry, variable }) => entry.isOptional !== true && !deployed.secrets.has(variable),
    );
    if (missing.length > 0) return { status: 503 };
    const running = origins();
    const origin = running?.workers[worker];
    // A Worker that the local stack does without.
    if (running !== undefined && origin === undefined)
      return { status: request.url.pathname === '/healthz' ? 200 : 404 };
    return forward(origin, request);
  };
  return startStandIn({ name: 'names', port: 0, answer });
}

const hostnameOf = ({ hostnames }: TerraformValues, worker: WorkerName): string =>
  Object.entries(hostnames).find(([key]) => key.replaceAll('_', '-') === worker)?.[1] ?? worker;

/** The local stack's Workers were never deployed: the version that an override names answers, as at Cloudflare. */
function named(reply: StandInReply, { headers }: StandInRequest): StandInReply {
  const version = /="([^"]+)"$/u.exec(headers['cloudflare-workers-version-overrides'] ?? '')?.[1];
  return version === undefined ? reply : { ...reply, headers: { ...reply.headers, [VERSION_HEADER]: version } };
}

async function forward(origin: string | undefined, request: StandInRequest): Promise<StandInReply> {
  if (origin === undefined) return { status: 521 };
  const { method, url, headers, body } = request;
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined || HOP_HEADERS.has(name) ? [] : [[name, value] as [string, string]],
  );
  const reply = await fetch(new URL(`${url.pathname}${url.search}`, origin), {
    method,
    headers: kept,
    redirect: 'manual',
    ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
  });
  const type = reply.headers.get('content-type');
  return { status: reply.status, body: await reply.text(), headers: type === null ? {} : { 'content-type': type } };
}
