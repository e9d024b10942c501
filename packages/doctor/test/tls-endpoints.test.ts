import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeTlsEndpoints, type TlsOptions } from '../src/adapters/node-tls-endpoints.ts';
import { makeCertificate } from './support/certificate.ts';

const directory = mkdtempSync(join(tmpdir(), 'doctor-tls-'));
const DAYS = 9;
const DAY_MS = 86_400_000;
const sockets = new Set<Socket>();
let authority: string;
let secure: Server;
let silent: Server;

beforeAll(async () => {
  const { key, cert } = makeCertificate(directory, ['chat.example.com'], DAYS);
  authority = cert;
  secure = createServer({ key, cert }, socket => socket.end());
  silent = createTcpServer(socket => sockets.add(socket));
  for (const server of [secure, silent]) await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of [secure, silent]) await new Promise(resolve => server.close(resolve));
  rmSync(directory, { recursive: true });
});

const ask = (hostname: string, server: Server, options: TlsOptions = {}) =>
  nodeTlsEndpoints({ port: (server.address() as AddressInfo).port, hostOf: () => '127.0.0.1', ...options }).certificate(
    hostname,
  );

describe('a certificate as a client meets it', () => {
  it('is valid for its name, until its end', async () => {
    const found = await ask('chat.example.com', secure, { authority });
    if (!found.ok) throw new Error(found.error.detail);
    expect(found.value.problem).toBeUndefined();
    expect(Math.round((found.value.endsAt.getTime() - Date.now()) / DAY_MS)).toBe(DAYS);
  });

  it.each([
    ['for another name', 'login.example.com', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['by nobody who is trusted', 'chat.example.com', false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('is refused %s', async (_name, hostname, isTrusted, problem) => {
    const found = await ask(hostname, secure, isTrusted ? { authority } : {});
    expect(found).toMatchObject({ ok: true, value: { problem } });
  });

  it('is missing where nobody speaks TLS, nobody answers, or the name leads nowhere', async () => {
    expect(await ask('chat.example.com', silent, { timeoutMs: 50 })).toMatchObject({ error: { kind: 'timeout' } });
    const nowhere = nodeTlsEndpoints({ port: 1, hostOf: () => '127.0.0.1' });
    expect(await nowhere.certificate('chat.example.com')).toMatchObject({
      error: { kind: 'unreachable', detail: 'takes no TLS connection (ECONNREFUSED)' },
    });
    expect(await nodeTlsEndpoints().certificate('chat.invalid')).toMatchObject({
      error: { detail: 'has no address: its name does not resolve' },
    });
  });
});
