import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import { aircallClient } from '@innkeeper/shared/adapters/aircall/aircall-client';
import { Secret } from '@innkeeper/shared/config/secret';
import type { PageReader } from '@innkeeper/shared/jobs/page-reader';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAircallPages } from '../src/hydration/aircall-pages.ts';
import { createAircallReads } from '../src/hydration/aircall-reads.ts';
import { walkPages } from '../src/testing/walk-pages.ts';

const NOW_MS = Date.parse('2026-11-21T09:00:00Z');
const NOW = NOW_MS / 1000;
const DAY = 86_400;

describe('a walk over Aircall’s lists', () => {
  let directory: string;
  let aircall: Awaited<ReturnType<typeof startAircall>>;
  let pages: PageReader;
  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'aircall-pages-'));
    aircall = await startAircall({ port: 0, stateDirectory: directory, apiId: 'id', apiToken: 'token' });
    const client = aircallClient({
      baseUrl: `${aircall.url}/v1`,
      apiId: 'id',
      apiToken: new Secret('token'),
      fetch,
      now: () => NOW_MS,
    });
    const gate = { delayMs: () => 0, began: () => undefined, observed: () => undefined };
    pages = createAircallPages(createAircallReads({ client, gate, now: () => NOW_MS, wait: () => Promise.resolve() }));
  });
  afterEach(async () => {
    await aircall.close();
    rmSync(directory, { recursive: true });
  });
  const put = async (route: string, row: object) => {
    const reply = await fetch(`${aircall.url}/_control/${route}`, { method: 'PUT', body: JSON.stringify(row) });
    expect(reply.status).toBe(200);
  };
  const putCall = (id: number, startedAt: number) =>
    put(`calls/${id}`, { id, direction: 'inbound', started_at: startedAt, contact: { id: 7, first_name: 'Grace' } });

  test('shows all calls of its window, oldest first, with their contacts', async () => {
    for (let id = 1; id <= 60; id += 1) await putCall(id, NOW - id * 3_600);
    const day = { from: new Date(NOW_MS - DAY * 1000).toISOString() };
    expect((await walkPages(pages, 'calls', day)).ids).toEqual(
      Array.from({ length: 24 }, (_, index) => String(24 - index)),
    );
    const all = await walkPages(pages, 'calls', {});
    expect([all.ids.length, all.pages]).toEqual([60, 2]);
    const first = await pages.readPage({ purpose: 'backfill', resource: 'calls', window: day });
    expect(first).toMatchObject({ ok: true, value: { total: 24, beganAtMs: NOW_MS } });
    expect(first.ok && first.value.things[0]).toMatchObject({
      kind: 'call',
      value: { contact: { first_name: 'Grace' } },
    });
  });

  test('ends among the contacts where the changes asked for end', async () => {
    for (let id = 1; id <= 60; id += 1) {
      await put(`contacts/${id}`, { id, created_at: NOW - 900 * DAY, updated_at: NOW - id * 3_600 });
    }
    const changed = await walkPages(
      pages,
      'contacts',
      { from: new Date(NOW_MS - 10 * 3_600_000).toISOString() },
      'gap-check',
    );
    expect(changed.pages).toBe(1);
    expect(changed.ids.slice(0, 10)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    const all = await walkPages(pages, 'contacts', {});
    expect(new Set(all.ids).size).toBe(60);
  });

  test('says what kept it', async () => {
    await fetch(`${aircall.url}/_control/faults`, {
      method: 'POST',
      body: '{"status":503,"headers":{"retry-after":"9"}}',
    });
    expect(await pages.readPage({ purpose: 'backfill', resource: 'calls', window: {} })).toEqual({
      ok: false,
      error: { kind: 'vendor_unavailable', detail: 'Aircall: status 503', retryAfterMs: 9_000 },
    });
  });

  test.each(['nonsense', '{"from":"yesterday"}', '[]'])('refuses %s as a position', async cursor => {
    expect(await pages.readPage({ purpose: 'backfill', resource: 'calls', window: {}, cursor })).toMatchObject({
      ok: false,
      error: { kind: 'payload_unexpected' },
    });
  });

  test('knows no other lists', async () => {
    expect(await pages.readPage({ purpose: 'backfill', resource: 'numbers', window: {} })).toMatchObject({ ok: false });
  });
});
