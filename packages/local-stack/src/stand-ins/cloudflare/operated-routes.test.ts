import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningStandIn } from '../run-stand-in.ts';
import { startCloudflare } from './start-cloudflare.ts';

const NOW = Date.UTC(2026, 10, 22, 6);
let cloudflare: RunningStandIn;
beforeAll(async () => {
  cloudflare = await startCloudflare({
    port: 0,
    world: {
      accountId: 'a',
      callers: new Map([
        ['reader', { rights: ['DNS Read', 'Queues Read', 'Workers Scripts Read'], expiresAtMs: NOW + 1000 }],
        ['stranger', { rights: [] }],
        ['past', { rights: [], expiresAtMs: NOW - 1 }],
      ]),
      accountTokens: new Map(),
      workers: new Map(),
      now: () => NOW,
      dnsRecords: new Map([
        ['z', [{ id: '1', name: 'chat.example.com', type: 'A', content: '192.0.2.1', proxied: true }]],
      ]),
      queues: [{ id: 'q', name: 'deliveries', consumers: 1, isPaused: true, backlog: 3, oldestAtMs: NOW - 5000 }],
      deployments: [1, 2].map(number => ({
        script: 'worker',
        createdAtMs: NOW - 10_000 + number,
        versions: [{ id: `v${number}`, percentage: 100, tag: `tag-${number}` }],
      })),
    },
  });
});
afterAll(() => cloudflare.close());

async function call(path: string, token = 'reader') {
  const reply = await fetch(`${cloudflare.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: reply.status, json: (await reply.json()) as { readonly result: unknown } };
}

describe('Cloudflare as it is operated', () => {
  it.each([
    ['/zones/z/dns_records', 'stranger', 403],
    ['/zones/other/dns_records', 'reader', 404],
    ['/accounts/a/queues', 'stranger', 403],
    ['/accounts/a/queues/other/metrics', 'reader', 404],
    ['/accounts/a/workers/scripts/other/deployments', 'reader', 404],
    ['/accounts/a/workers/scripts/worker/versions/v9', 'reader', 404],
    ['/user/tokens/verify', 'past', 401],
  ])('refuses %s to %s by %i', async (path, token, status) => {
    expect((await call(path, token)).status).toBe(status);
  });

  it('shows records, queues and what waits in them', async () => {
    expect((await call('/zones/z/dns_records')).json.result).toMatchObject([
      { name: 'chat.example.com', proxied: true },
    ]);
    expect((await call('/accounts/a/queues')).json.result).toMatchObject([
      { queue_id: 'q', consumers_total_count: 1, settings: { delivery_paused: true } },
    ]);
    expect((await call('/accounts/a/queues/q/metrics')).json.result).toEqual({
      backlog_count: 3,
      backlog_bytes: 3000,
      oldest_message_timestamp_ms: NOW - 5000,
    });
  });

  it('shows the newest deployment first, and what a version was tagged with', async () => {
    expect((await call('/accounts/a/workers/scripts/worker/deployments')).json.result).toMatchObject({
      deployments: [{ versions: [{ version_id: 'v2', percentage: 100 }] }, {}],
    });
    const version = await call('/accounts/a/workers/scripts/worker/versions/v1');
    expect(version.json.result).toEqual({
      id: 'v1',
      annotations: { 'workers/triggered_by': 'version_upload', 'workers/tag': 'tag-1' },
      resources: { script: { etag: 'etag of v1', handlers: ['fetch'] } },
    });
  });

  it('tells a person’s token when it ends', async () => {
    expect((await call('/user/tokens/verify')).json.result).toEqual({
      status: 'active',
      expires_on: new Date(NOW + 1000).toISOString(),
    });
  });
});
