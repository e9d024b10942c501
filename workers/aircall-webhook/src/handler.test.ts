import { Secret } from '@innkeeper/shared/config/secret';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { createLog } from '@innkeeper/shared/log/log';
import { err, ok } from '@innkeeper/shared/result/result';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { describe, expect, test } from 'vitest';
import { createHandler } from './handler.ts';

function edge(queueIsUp = true) {
  const sent: InboundDelivery[] = [];
  const handle = createHandler({
    tokens: [new Secret('right')],
    now: () => 1_795_160_000_000,
    overflow: inMemoryOverflow(),
    log: createLog('test', () => undefined),
    queue: {
      send: delivery => {
        if (queueIsUp) sent.push(delivery);
        return Promise.resolve(queueIsUp ? ok(undefined) : err({ kind: 'unavailable', detail: 'down' }));
      },
    },
  });
  const deliver = (payload: object) =>
    handle(
      new Request('https://edge.example.com/webhooks/aircall', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(payload),
      }),
    );
  return { deliver, sent };
}

const event = { event: 'call.ended', timestamp: 7, data: { id: 1 } };

describe('the edge of the Aircall webhook', () => {
  test('hands on the delivery without its token', async () => {
    const { deliver, sent } = edge();
    expect((await deliver({ ...event, token: 'right' })).status).toBe(200);
    expect(sent).toMatchObject([{ source: 'aircall', body: { inline: JSON.stringify(event) } }]);
  });

  test('when nothing durable takes it, the sender is asked to come back', async () => {
    const answer = await edge(false).deliver({ ...event, token: 'right' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
  });

  test('a wrong token hands on nothing', async () => {
    const { deliver, sent } = edge();
    expect((await deliver({ ...event, token: 'wrong' })).status).toBe(401);
    expect(sent).toEqual([]);
  });
});
