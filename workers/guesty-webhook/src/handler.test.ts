import { createHmac } from 'node:crypto';
import { createLog } from '@innkeeper/shared/log/log';
import { fixedSecrets } from '@innkeeper/shared/testing/fixed-secrets';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { inMemoryQueue } from '@innkeeper/shared/testing/in-memory-queue';
import { describe, expect, test } from 'vitest';
import { createHandler } from './handler.ts';

const NOW = 1_795_160_000_000;
const KEY = 'key of the tests';
const secretOf = (key: string): string => `whsec_${btoa(key)}`;

function edge(later: readonly string[] = []) {
  const lines: string[] = [];
  const at = {
    secrets: fixedSecrets([secretOf(KEY)], later),
    now: () => NOW,
    overflow: inMemoryOverflow(),
    log: createLog('test', line => lines.push(line)),
    queue: inMemoryQueue(),
  };
  const handle = createHandler(at);
  const deliver = (body: string, id: string, { key = KEY, query = '', atMs = NOW } = {}) => {
    const seconds = String(atMs / 1000);
    const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': seconds,
      'svix-signature': `v1,${mac}`,
    };
    return handle(new Request(`https://edge.example.com/webhooks/guesty${query}`, { method: 'POST', headers, body }));
  };
  return { ...at, deliver, lines };
}

describe('the edge of the Guesty webhook', () => {
  test('hands on the raw text under the vendor’s own delivery id', async () => {
    const { deliver, queue } = edge();
    const raw = '{ "event" : "x",  "big": 9007199254740993 }';
    expect((await deliver(raw, 'msg_1')).status).toBe(200);
    expect(queue.sent).toMatchObject([{ source: 'guesty', eventId: 'msg_1', body: { inline: raw } }]);
  });

  test.each(['a/b', '..', '__x__', 'x'.repeat(300), 'ümlaut'.replace('ü', '%')])(
    'a delivery id that no store would take as a name is hashed: %s',
    async id => {
      const { deliver, queue } = edge();
      await deliver('{}', id);
      expect(queue.sent[0]?.eventId).toMatch(/^guesty-[0-9a-f]{64}$/u);
    },
  );

  test('an address with a query is the same one', async () => {
    const { deliver, queue } = edge();
    expect((await deliver('{}', 'msg_1', { query: '?subscription=7f3a' })).status).toBe(200);
    expect(queue.sent).toHaveLength(1);
  });

  test('what the queue does not take rests in the bucket, and the sender need not come back', async () => {
    const { deliver, queue, overflow } = edge();
    queue.state = 'refuses';
    expect((await deliver('{"event":"x"}', 'msg_1')).status).toBe(200);
    expect(JSON.parse(overflow.objects.get('unsent/guesty/msg_1.json') ?? '')).toMatchObject({
      eventId: 'msg_1',
      body: { inline: '{"event":"x"}' },
    });
  });

  test('when nothing durable takes it, the sender is asked to come back', async () => {
    const { deliver, queue, overflow } = edge();
    queue.state = 'refuses';
    overflow.down = true;
    const answer = await deliver('{}', 'msg_1');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await answer.json()).toEqual({ error: 'try again later' });
  });

  test('a wrong signature is logged with its reason and without the body', async () => {
    const { deliver, queue, lines } = edge();
    expect((await deliver('{"private":"words"}', 'msg_1', { key: 'stranger' })).status).toBe(401);
    expect(queue.sent).toEqual([]);
    expect(lines.join()).toContain('signature_mismatch');
    expect(lines.join()).not.toMatch(/private|words/u);
  });
});

describe('a secret that is younger than the isolate', () => {
  test('is asked for when a signature matches none that is known', async () => {
    const { deliver, queue, secrets } = edge([secretOf('made a moment ago')]);
    expect((await deliver('{}', 'msg_1', { key: 'made a moment ago' })).status).toBe(200);
    expect((await deliver('{}', 'msg_2')).status).toBe(200);
    expect([queue.sent.length, secrets.asked]).toEqual([2, 1]);
  });

  test('is not asked for by a delivery that no secret could save', async () => {
    const { deliver, secrets } = edge();
    expect((await deliver('{}', 'msg_1', { atMs: NOW - 301_000 })).status).toBe(401);
    expect(secrets.asked).toBe(0);
  });
});
