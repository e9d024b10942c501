import { createHmac } from 'node:crypto';
import { Secret } from '@innkeeper/shared/config/secret';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { createLog } from '@innkeeper/shared/log/log';
import { err, ok } from '@innkeeper/shared/result/result';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { describe, expect, test } from 'vitest';
import { createHandler } from './handler.ts';

const NOW = 1_795_160_000_000;
const KEY = 'key of the tests';

function edge(queueIsUp = true) {
  const sent: InboundDelivery[] = [];
  const lines: string[] = [];
  const handle = createHandler({
    secrets: [new Secret(`whsec_${btoa(KEY)}`)],
    now: () => NOW,
    overflow: inMemoryOverflow(),
    log: createLog('test', line => lines.push(line)),
    queue: {
      send: delivery => {
        if (queueIsUp) sent.push(delivery);
        return Promise.resolve(queueIsUp ? ok(undefined) : err({ kind: 'unavailable', detail: 'down' }));
      },
    },
  });
  const deliver = (body: string, id: string, key = KEY) => {
    const mac = createHmac('sha256', key)
      .update(`${id}.${NOW / 1000}.${body}`)
      .digest('base64');
    const headers = {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(NOW / 1000),
      'svix-signature': `v1,${mac}`,
    };
    return handle(new Request('https://edge.example.com/webhooks/guesty', { method: 'POST', headers, body }));
  };
  return { deliver, sent, lines };
}

describe('the edge of the Guesty webhook', () => {
  test('hands on the raw text under the vendor’s own delivery id', async () => {
    const { deliver, sent } = edge();
    const raw = '{ "event" : "x",  "big": 9007199254740993 }';
    expect((await deliver(raw, 'msg_1')).status).toBe(200);
    expect(sent).toMatchObject([{ source: 'guesty', eventId: 'msg_1', body: { inline: raw } }]);
  });

  test.each(['a/b', '..', '__x__', 'x'.repeat(300), 'ümlaut'.replace('ü', '%')])(
    'a delivery id that no store would take as a name is hashed: %s',
    async id => {
      const { deliver, sent } = edge();
      await deliver('{}', id);
      expect(sent[0]?.eventId).toMatch(/^guesty-[0-9a-f]{64}$/u);
    },
  );

  test('when nothing durable takes it, the sender is asked to come back', async () => {
    const { deliver } = edge(false);
    const answer = await deliver('{}', 'msg_1');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await answer.json()).toEqual({ error: 'try again later' });
  });

  test('a wrong signature is logged with its reason and without the body', async () => {
    const { deliver, sent, lines } = edge();
    expect((await deliver('{"private":"words"}', 'msg_1', 'stranger')).status).toBe(401);
    expect(sent).toEqual([]);
    expect(lines.join()).toContain('signature_mismatch');
    expect(lines.join()).not.toMatch(/private|words/u);
  });
});
