import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { type LocalServer, readBody, serveLocal } from '@innkeeper/local-stack/http/serve-local';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { createOperateEdge } from '@innkeeper/shared/operate/operate-edge';
import { err, ok } from '@innkeeper/shared/result/result';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { type SubscriptionWorld, subscriptionWorld } from '@innkeeper/shared/testing/subscription-world';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { performWebhooks } from '../src/webhooks/perform-webhooks.ts';
import { readWebhooksOrder } from '../src/webhooks/read-webhooks-order.ts';

const TOKEN = 'token of the operator';
const MAIN = path.resolve(import.meta.dirname, '../src/webhooks/main.ts');
const project = `tests-${randomBytes(4).toString('hex')}`;

let guesty: LocalServer;
let aircall: LocalServer;
const world = subscriptionWorld();

/** The operator's edge of a Worker whose subscription is that of the world. */
function serveOperate(kept: SubscriptionWorld): Promise<LocalServer> {
  const elsewhere = () =>
    Promise.resolve(err({ kind: 'refused', reason: 'not_here', detail: 'not in this test' } as const));
  const edge = createOperateEdge({
    tokens: [new Secret(TOKEN)],
    log: createLog('tests', () => undefined),
    handlers: {
      state: elsewhere,
      'start-jobs': elsewhere,
      'cancel-job': elsewhere,
      replay: elsewhere,
      mark: elsewhere,
      token: elsewhere,
      subscription: async ({ action }) => {
        const acted = await kept.keeping().act(action);
        if (acted.ok) return ok({ state: acted.value });
        return err({ kind: 'refused', reason: acted.error.kind, detail: acted.error.detail });
      },
    },
  });
  return serveLocal({
    name: 'operate',
    port: 0,
    handle: async (incoming, outgoing) => {
      const headers = new Headers(
        Object.entries(incoming.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      );
      const body = await readBody(incoming);
      const url = `http://operate${incoming.url ?? '/'}`;
      const reply = await edge(new Request(url, { method: incoming.method ?? 'GET', headers, body }));
      outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
      outgoing.end(await reply.text());
    },
  });
}

beforeAll(async () => {
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', firestoreEmulatorHost());
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  [guesty, aircall] = await Promise.all([serveOperate(world), serveOperate(subscriptionWorld())]);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([guesty.close(), aircall.close()]);
});

/** The command as its process runs it, within this one. */
async function webhooks(words: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const asked = readWebhooksOrder(words);
  if (!asked.ok || asked.value.kind === 'help') throw new Error('no order');
  const said = { out: '', error: '' };
  const code = await performWebhooks(asked.value.order, {
    environment: {
      GUESTY_WEBHOOK_ORIGIN: guesty.url,
      AIRCALL_WEBHOOK_ORIGIN: aircall.url,
      OPERATOR_TOKEN: TOKEN,
      GOOGLE_CLOUD_PROJECT: project,
      ...extra,
    },
    user: 'tests',
    out: { write: more => (said.out += more) },
    err: { write: more => (said.error += more) },
    interrupted: new AbortController().signal,
  });
  return { code, ...said };
}

test('an operator registers, looks, rotates after having been told, and disables; each change is in the audit', async () => {
  const first = await webhooks(['register', '--as', 'ana']);
  expect(first).toMatchObject({ code: 0, error: '' });
  expect(first.out).toContain('✓ guesty: one subscription');
  expect(first.out).toContain('✓ aircall: one subscription');

  const told = await webhooks(['rotate', '--vendor', 'guesty']);
  expect([told.code, told.out]).toEqual([0, expect.stringContaining('Nothing was done.')]);
  expect(world.ours()).toHaveLength(1);

  const rotated = await webhooks(['rotate', '--vendor', 'guesty', '--yes', '--json']);
  expect(rotated.code).toBe(0);
  expect(JSON.parse(rotated.out)).toMatchObject([
    { vendor: 'guesty', state: { subscriptions: [{ role: 'retiring' }, { role: 'live' }] } },
  ]);
  expect(world.ours()).toHaveLength(2);
  for (const { secret } of world.ours()) expect(rotated.out).not.toContain(secret);

  world.vendor.byHand.change(world.ours()[0]?.id ?? '', { active: false });
  const verified = await webhooks(['verify', '--vendor', 'guesty']);
  expect([verified.code, verified.out]).toEqual([1, expect.stringContaining('switched_off')]);

  expect(await webhooks(['disable', '--vendor', 'guesty', '--yes'])).toMatchObject({ code: 0 });
  expect(world.ours()).toEqual([]);
  const refused = await webhooks(['rotate', '--vendor', 'guesty', '--yes']);
  expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('not_registered') as unknown });

  const store = firestoreSdk({ project, database: 'ops', emulatorHost: firestoreEmulatorHost() });
  const audit = await store.query({ collection: 'audit' });
  await store.close();
  const acts = audit.ok ? audit.value.map(({ fields }) => [fields['command'], fields['outcome']]) : [];
  const done = ['register', 'rotate', 'disable'].map(action => [`webhooks-${action}`, 'done']);
  expect(acts).toHaveLength(4);
  expect(acts).toEqual(expect.arrayContaining([...done, ['webhooks-rotate', 'failed']]));
});

test('what cannot be asked is explained, and the other vendor is answered for all the same', async () => {
  const [denied, away] = await Promise.all([
    webhooks(['list'], { OPERATOR_TOKEN: 'of a stranger' }),
    webhooks(['list'], { GUESTY_WEBHOOK_ORIGIN: 'http://127.0.0.1:1' }),
  ]);
  expect([denied.code, denied.error]).toEqual([1, expect.stringContaining('OPERATOR_TOKENS')]);
  expect([away.code, away.error]).toEqual([1, expect.stringContaining('guesty: http://127.0.0.1:1 cannot be reached')]);
  expect(away.out).toContain('aircall:');
});

test('a process ends with the code of what happened', async () => {
  const run = async (words: readonly string[], environment: Readonly<Record<string, string>>) => {
    const child = spawn(process.execPath, [MAIN, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const closed = once(child, 'close') as Promise<[code: number | null]>;
    const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { code, out, error };
  };
  const workers = { GUESTY_WEBHOOK_ORIGIN: guesty.url, AIRCALL_WEBHOOK_ORIGIN: aircall.url, OPERATOR_TOKEN: TOKEN };
  const [listed, unknown, unset] = await Promise.all([
    run(['list', '--json'], workers),
    run(['remove'], workers),
    run(['list'], {}),
  ]);
  expect([listed.code, JSON.parse(listed.out)]).toMatchObject([0, [{ vendor: 'guesty' }, { vendor: 'aircall' }]]);
  expect([unknown.code, unknown.error]).toEqual([2, expect.stringContaining('Usage: pnpm webhooks')]);
  expect([unset.code, unset.error]).toEqual([2, expect.stringContaining('OPERATOR_TOKEN')]);
});
