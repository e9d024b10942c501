import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { describe, expect, test } from 'vitest';
import type { OfferedQuestion } from './conversation/offered-question.ts';
import { createQuestionEdge } from './handler.ts';

const body = {
  token: 'good',
  bot: false,
  channel_id: 'GENERAL',
  channel_name: 'general',
  message_id: 'm1',
  timestamp: '2026-11-21T08:12:45.388Z',
  user_id: 'u1',
  user_name: 'frida',
  text: '@innkeeper who arrives on the secret day?',
};
const lines: string[] = [];
const edgeWith = (offer: (conversation: string, question: OfferedQuestion) => Promise<void>) =>
  createQuestionEdge({
    tokens: [new Secret('old'), new Secret('good')],
    addressing: { botUserId: 'bot1', botUsername: 'innkeeper', words: ['!query'] },
    offer,
    now: () => 1,
    log: createLog('test', line => void lines.push(line)),
  });
const post = (json: unknown): Request =>
  new Request('https://worker.example/questions', {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(json),
  });

describe('the question edge', () => {
  test('hands a question to its conversation before it answers {}', async () => {
    const offers: [string, OfferedQuestion][] = [];
    const edge = edgeWith((...offer) => Promise.resolve(void offers.push(offer)));
    const response = await edge(post(body));
    expect([response.status, await response.text()]).toEqual([200, '{}']);
    expect(offers).toMatchObject([
      ['thread:GENERAL:m1', { by: 'mention', question: 'who arrives on the secret day?', acceptedAt: 1 }],
    ]);
    expect(JSON.stringify(offers)).not.toContain('good');
  });

  test('asks for another delivery, with a JSON body, when no durable store accepts', async () => {
    const response = await edgeWith(() => Promise.reject(new Error('storage is gone: who arrives')))(post(body));
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ error: 'try again later' });
    expect(lines.at(-1)).toContain('question.rejected');
    expect(lines.join('\n')).not.toContain('secret day');
  });

  test('says nothing of what it drops, neither outside nor in the log', async () => {
    const before = lines.length;
    const edge = edgeWith(() => Promise.reject(new Error('nothing may be stored')));
    for (const other of [{ text: 'lunch?' }, { user_id: 'bot1' }, { message_id: undefined, user: {}, room: {} }]) {
      const response = await edge(post({ ...body, ...other }));
      expect([response.status, await response.text()]).toEqual([200, '{}']);
    }
    expect(lines).toHaveLength(before);
  });
});
