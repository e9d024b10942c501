import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningStandIn } from '../run-stand-in.ts';
import { startAircall } from './start-aircall.ts';

let directory: string;
let aircall: RunningStandIn;
let nowMs: number;

const start = () =>
  startAircall({ port: 0, stateDirectory: directory, apiId: 'id', apiToken: 'token', now: () => nowMs });

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'aircall-'));
  nowMs = Date.parse('2026-11-21T08:00:00Z');
  aircall = await start();
});
afterEach(async () => {
  await aircall.close();
  rmSync(directory, { recursive: true });
});

const put = async (kind: string, id: number | string, row: object) =>
  (await fetch(`${aircall.url}/_control/${kind}/${id}`, { method: 'PUT', body: JSON.stringify({ id, ...row }) }))
    .status;
const remove = async (route: string) => (await fetch(`${aircall.url}/_control/${route}`, { method: 'DELETE' })).status;
const putCall = (id: number) =>
  put('calls', id, { direction: 'inbound', started_at: 1_700_000_000 + id, contact: { id: 7 }, raw_digits: null });
const request = async (
  route: string,
  { contentType = 'application/json', ...init }: Omit<RequestInit, 'headers'> & { contentType?: string } = {},
  credentials: string | undefined = 'id:token',
) => {
  const reply = await fetch(route.startsWith('http') ? route : `${aircall.url}/v1/${route}`, {
    ...init,
    headers: {
      'content-type': contentType,
      ...(credentials === undefined ? {} : { authorization: `Basic ${btoa(credentials)}` }),
    },
  });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
  };
};
interface Page {
  readonly meta: {
    readonly total: number;
    readonly next_page_link: string | null;
    readonly previous_page_link: string | null;
  };
  readonly calls: readonly { readonly id: number; readonly contact: unknown }[];
}

describe('the Aircall stand-in', () => {
  it('tells a missing credential from a wrong one', async () => {
    expect((await fetch(`${aircall.url}/v1/ping`)).status).toBe(401);
    expect((await request('ping', {}, 'id:other')).status).toBe(403);
    expect((await request('ping')).json).toEqual({ ping: 'pong' });
  });

  it('leads through all calls of a window by its own links', async () => {
    for (let id = 1; id <= 7; id++) await putCall(id);
    const seen: number[] = [];
    let next: string | null = 'calls?per_page=3&from=1700000002&order=desc';
    while (next !== null) {
      const page = (await request(next)).json as unknown as Page;
      expect(page.meta.total).toBe(6);
      seen.push(...page.calls.map(call => call.id));
      next = page.meta.next_page_link;
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2]);
    expect((await request('calls?per_page=51')).status).toBe(400);
    expect((await request('calls?per_page=50&page=201')).status).toBe(400);
  });

  it('leads on without what was asked for besides', async () => {
    for (let id = 1; id <= 2; id++) await putCall(id);
    const page = (await request('calls?per_page=1&from=1&fetch_contact=true')).json as unknown as Page;
    expect(page.calls[0]?.contact).toEqual({ id: 7 });
    const next = (await request(page.meta.next_page_link ?? '')).json as unknown as Page;
    expect(next.calls).toMatchObject([{ id: 2, contact: null }]);
    expect(page.meta.next_page_link).toContain('from=1');
  });

  it('takes no change without its content type, a removal included', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await request('webhooks/1', { method, contentType: 'text/plain' })).status).toBe(400);
    }
  });

  it('fills the contact of a call only when asked to', async () => {
    await putCall(1);
    expect((await request('calls/1')).json).toMatchObject({ call: { id: 1, contact: null } });
    expect((await request('calls/1?fetch_contact=true')).json).toMatchObject({ call: { contact: { id: 7 } } });
    expect((await request('calls/2')).status).toBe(404);
  });

  it('shows what was made of a call once there is something, wrapped as the vendor does', async () => {
    await putCall(1);
    expect((await request('calls/1/topics')).status).toBe(404);
    expect(await put('calls', '1/topics', { content: ['late arrival'] })).toBe(200);
    expect(await put('calls', '1/summary', { content: 'The guest arrives late.' })).toBe(200);
    expect((await request('calls/1/topics')).json).toMatchObject({ topic: { call_id: 1, content: ['late arrival'] } });
    expect((await request('calls/1/summary')).json).toMatchObject({ summary: { content: 'The guest arrives late.' } });
    expect((await request('calls/1/mood')).status).toBe(404);
    expect((await request('contacts/1/summary')).status).toBe(404);
    expect(await put('calls', '1/mood', {})).toBe(404);
    expect(await remove('calls/1/topics')).toBe(200);
    expect((await request('calls/1/topics')).status).toBe(404);
  });

  it('forgets what was taken out', async () => {
    await putCall(1);
    await put('contacts', 9, { created_at: 1 });
    expect([await remove('calls/1'), await remove('contacts/9'), await remove('calls/1')]).toEqual([200, 200, 404]);
    expect((await request('calls/1')).status).toBe(404);
    expect((await request('contacts')).json).toMatchObject({ contacts: [] });
  });

  it('leads through contacts by their last change when asked to', async () => {
    await put('contacts', 1, { created_at: 30, updated_at: '2026-11-20T10:00:00.000Z' });
    await put('contacts', 2, { created_at: 20, updated_at: 40 });
    const ids = async (query: string) =>
      ((await request(`contacts?${query}`)).json as { contacts: { id: number }[] }).contacts.map(contact => contact.id);
    expect(await ids('order=desc')).toEqual([1, 2]);
    expect(await ids('from=25')).toEqual([1]);
    expect(await ids('order_by=updated_at&order=asc&from=25')).toEqual([2, 1]);
  });

  it('keeps calls and contacts over a restart and refuses other shapes', async () => {
    await putCall(1);
    await put('contacts', 9, { first_name: 'Ana', created_at: '2026-11-20T10:00:00.000Z' });
    await aircall.close();
    aircall = await start();
    expect((await request('calls/1')).status).toBe(200);
    expect((await request('contacts')).json).toMatchObject({ meta: { total: 1 }, contacts: [{ first_name: 'Ana' }] });
    expect(await put('calls', 3, { direction: 'sideways' })).toBe(400);
  });

  it('refuses the 121st request in a minute and says when to come back', async () => {
    for (let count = 0; count < 120; count++) await request('ping');
    const refused = await request('ping');
    expect([refused.status, refused.headers.get('x-aircallapi-reset')]).toEqual([429, String(nowMs / 1000 + 60)]);
    nowMs += 60_000;
    expect((await request('ping')).status).toBe(200);
  });

  it('shows a webhook’s token, and subscribes to everything when a change names no events', async () => {
    const body = JSON.stringify({ url: 'https://a.example/aircall', events: ['call.ended'] });
    const created = (await request('webhooks', { method: 'POST', body })).json['webhook'] as Record<string, unknown>;
    expect(created).toMatchObject({ active: true, events: ['call.ended'] });
    expect(created['token']).toMatch(/^[0-9a-f]{32}$/u);
    const change = (json: object) =>
      request(`webhooks/${String(created['webhook_id'])}`, { method: 'PUT', body: JSON.stringify(json) });
    const added = await change({ events: ['call.tagged'], events_action: 'add' });
    expect(added.json['webhook']).toMatchObject({ events: ['call.ended', 'call.tagged'] });
    const all = (await change({ active: true })).json['webhook'] as { events: string[] };
    expect(all.events.length).toBeGreaterThan(10);
    expect((await request(`webhooks/${String(created['webhook_id'])}`, { method: 'DELETE' })).status).toBe(204);
    expect((await request('webhooks')).json).toMatchObject({ webhooks: [] });
  });
});
