import { createLog } from '@innkeeper/shared/log/log';
import { fixedSecrets } from '@innkeeper/shared/testing/fixed-secrets';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { inMemoryQueue } from '@innkeeper/shared/testing/in-memory-queue';
import { describe, expect, test } from 'vitest';
import { createHandler } from './handler.ts';

function edge(later: readonly string[] = []) {
  const lines: string[] = [];
  const at = {
    secrets: fixedSecrets(['right'], later),
    now: () => 1_795_160_000_000,
    overflow: inMemoryOverflow(),
    log: createLog('test', line => lines.push(line)),
    queue: inMemoryQueue(),
  };
  const handle = createHandler(at);
  const deliver = (payload: object | string, query = '') =>
    handle(
      new Request(`https://edge.example.com/webhooks/aircall${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      }),
    );
  return { ...at, deliver, lines };
}

const event = { event: 'call.ended', timestamp: 7, data: { id: 1 } };

describe('the edge of the Aircall webhook', () => {
  test('hands on the delivery without its token', async () => {
    const { deliver, queue } = edge();
    expect((await deliver({ ...event, token: 'right' })).status).toBe(200);
    expect(queue.sent).toMatchObject([{ source: 'aircall', body: { inline: JSON.stringify(event) } }]);
  });

  test('an address with a query is the same one', async () => {
    expect((await edge().deliver({ ...event, token: 'right' }, '?subscription=7f3a')).status).toBe(200);
  });

  test('two calls whose ids differ in the seventeenth digit are two', async () => {
    const { deliver, queue } = edge();
    for (const id of ['90071992547409921', '90071992547409922']) {
      await deliver(`{"token":"right","event":"call.ended","timestamp":7,"data":{"id":${id}}}`);
    }
    expect(new Set(queue.sent.map(delivery => delivery.eventId)).size).toBe(2);
    expect(queue.sent.map(({ body }) => ('inline' in body ? body.inline : '').includes('9007199254740992'))).toEqual([
      true,
      true,
    ]);
  });

  test('what the queue does not take rests in the bucket without its token, and the sender need not come back', async () => {
    const { deliver, queue, overflow } = edge();
    queue.state = 'refuses';
    expect((await deliver({ ...event, token: 'right' })).status).toBe(200);
    const [[key, text] = ['', '']] = [...overflow.objects];
    expect(key).toMatch(/^unsent\/aircall\/aircall-[0-9a-f]{64}\.json$/u);
    expect(text).not.toContain('right');
  });

  test('when nothing durable takes it, the sender is asked to come back', async () => {
    const { deliver, queue, overflow } = edge();
    queue.state = 'refuses';
    overflow.down = true;
    const answer = await deliver({ ...event, token: 'right' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  });

  test('a wrong token hands on nothing, and is not written down', async () => {
    const { deliver, queue, lines } = edge();
    expect((await deliver({ ...event, token: 'a-guess' })).status).toBe(401);
    expect(queue.sent).toEqual([]);
    expect(lines.join()).not.toMatch(/a-guess|right/u);
  });

  test('a token that is younger than the isolate is asked for', async () => {
    const { deliver, secrets } = edge(['made a moment ago']);
    expect((await deliver({ ...event, token: 'made a moment ago' })).status).toBe(200);
    expect((await deliver({ ...event, token: 'right' })).status).toBe(200);
    expect(secrets.asked).toBe(1);
  });

  test('no token is asked for by what is no JSON', async () => {
    const { deliver, secrets } = edge();
    expect((await deliver('{"token":')).status).toBe(400);
    expect(secrets.asked).toBe(0);
  });
});
