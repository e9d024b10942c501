import { ok } from '@innkeeper/shared/result/result';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { attacks } from '../../test/attacks/attack-corpus.ts';
import { obedientModel } from '../../test/attacks/obedient-model.ts';
import { chatDesk } from '../../test/support/chat-desk.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { FIXED } from '../compose/fixed-words.ts';
import { OfferedQuestion } from '../conversation/offered-question.ts';
import { composeReply } from '../conversation/reply.ts';

/** Where nobody enabled the assistant there is one sentence, whatever is asked, and no search and no model behind it. */
test('a room or a person without a scope gets the one fixed sentence, and silence for a follow-up', async () => {
  const model = obedientModel();
  const desk = chatDesk({ model });
  const scopes = { rooms: { '#front-desk': 'full' as const }, users: {}, words: [] };
  const said = (question: string, by: string, type: 'public' | 'private' | 'direct') => {
    const roomTypes = () => Promise.resolve(ok({ type, isKnown: true }));
    const named = type === 'direct' ? {} : { roomName: 'lobby' };
    const ids = { messageId: 'q', roomId: 'R9', askerId: 'frida', askerName: 'frida' };
    const utterance = { ...ids, ...named, text: question, askedAt: ASKED_AT, edited: false, bot: false };
    const offered = z.parse(OfferedQuestion, {
      utterance,
      by,
      question,
      textHash: '',
      acceptedAt: Date.parse(ASKED_AT),
    });
    const to = { offered, context: undefined, attempt: 1, revision: 0 };
    return composeReply(to, { ...desk.ports, roomTypes, scopes });
  };
  const texts = ['who is checking in today?', 'help', '', ...attacks.flatMap(([plain]) => plain?.text ?? [])];
  for (const text of texts) {
    for (const type of ['public', 'private', 'direct'] as const) {
      expect(await said(text, 'mention', type)).toMatchObject({ kind: 'reply', reply: { parts: [FIXED.notEnabled] } });
    }
    expect(await said(text, 'follow_up', 'public')).toEqual({ kind: 'silence' });
  }
  expect(desk.searches).toEqual([]);
  expect(model.calls).toEqual([]);
});
