import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { type StandInReply, type StandInRequest, startStandIn } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import { nodeTlsEndpoints } from '../../src/adapters/node-tls-endpoints.ts';
import type { TlsEndpoints } from '../../src/ports/tls-endpoints.ts';
import { makeCertificate } from './certificate.ts';

/** What answers behind the public names: health, the Workers' `/operate/state`, and one TLS server for all of them. */
export interface PublicAddresses {
  readonly operatorToken: string;
  readonly tls: TlsEndpoints;
  readonly tlsPort: number;
  /** Answer of a host’s health endpoint. */
  readonly health: Map<string, StandInReply>;
  urlOf(hostname: string): string;
  close(): Promise<void>;
}

const WELL: StandInReply = {
  status: 200,
  body: { ok: true },
  headers: { 'strict-transport-security': 'max-age=31536000; includeSubDomains' },
};
const CERTIFICATE_DAYS = 80;

export async function startPublicAddresses(
  directory: string,
  hostnames: Readonly<Record<string, string>>,
  workers: Readonly<Record<'guesty' | 'aircall', OperateResponse<'state'>>>,
): Promise<PublicAddresses> {
  const operatorToken = 'secret-of-operators';
  const health = new Map<string, StandInReply>();
  const states = new Map([
    [hostnames['guesty_webhook'], () => workers.guesty],
    [hostnames['aircall_webhook'], () => workers.aircall],
  ]);
  const answer =
    (hostname: string) =>
    (request: StandInRequest): StandInReply => {
      if (request.url.pathname !== '/operate/state') return health.get(hostname) ?? WELL;
      const state = states.get(hostname);
      const isAllowed = request.headers['authorization'] === `Bearer ${operatorToken}`;
      if (state === undefined || request.method !== 'POST') return { status: 404 };
      const error = { reason: 'token_wrong', detail: 'The token is none of ours' };
      return isAllowed ? { status: 200, body: state() } : { status: 401, body: { error } };
    };
  const names = Object.values(hostnames);
  const servers = new Map(
    await Promise.all(
      names.map(async name => [name, await startStandIn({ name, port: 0, answer: answer(name) })] as const),
    ),
  );
  const { key, cert } = makeCertificate(directory, names, CERTIFICATE_DAYS);
  const tlsServer = createServer({ key, cert }, socket => socket.end());
  await new Promise<void>(resolve => tlsServer.listen(0, '127.0.0.1', resolve));
  const { port } = tlsServer.address() as AddressInfo;
  return {
    operatorToken,
    health,
    tlsPort: port,
    tls: nodeTlsEndpoints({ port, hostOf: () => '127.0.0.1', authority: cert }),
    urlOf: hostname => servers.get(hostname)?.url ?? '',
    async close() {
      await Promise.all([...servers.values()].map(server => server.close()));
      await new Promise(resolve => tlsServer.close(resolve));
    },
  };
}
