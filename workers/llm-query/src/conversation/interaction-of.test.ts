import { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { Answer } from '@innkeeper/shared/domain/answer';
import { Question } from '@innkeeper/shared/domain/question';
import { expect, test } from 'vitest';
import { answerMessageId } from '../answer-message-id.ts';
import { interactionOf } from './interaction-of.ts';

const question = Question.parse({
  messageId: 'q',
  roomId: 'R',
  roomType: 'public',
  askerId: 'u',
  askerName: 'frida',
  text: 'what did Bruno say to +351 912 345 678?',
  askedAt: '2026-11-21T09:41:00Z',
  edited: false,
});
const course = { acceptedAt: 1_000, startedAt: 1_002, endedAt: 1_500, revision: 0 };
const answered = (sources: Answer['sources'], parts = ['“before four”\nas of 09:41']) => ({
  plan: { kind: 'search' as const, words: question.text, homes: [], kinds: [] },
  answer: { parts, sources, author: 'code' as const, asOf: '2026-11-21T09:41:00Z' },
  stepEnds: { retrieve: 1_200 },
});

test('an answer that quotes colleagues leaves the keys of what it quoted, and none of their words', async () => {
  const sources = [
    { key: 'chat-message:m1', label: '#owners, Bruno, Sat 21 Nov 08:12' },
    { key: 'guesty:reservation:r', label: 'booking HMX1' },
  ];
  const interaction = await interactionOf(question, 'full', answered(sources), course);
  expect(Interaction.parse(interaction)).toEqual(interaction);
  expect(interaction.sources).toEqual([
    { key: 'chat-message:m1', label: 'chat message' },
    { key: 'guesty:reservation:r', label: 'booking HMX1' },
  ]);
  expect(JSON.stringify(interaction)).not.toMatch(/before four|owners|912/u);
});

test('any other answer is kept, with the ids of the messages that carry it', async () => {
  const kept = await interactionOf(question, 'full', answered([], ['one', 'two']), course);
  expect(kept).toMatchObject({ answer: 'one\ntwo', timings: { start: 2, retrieve: 200 } });
  expect(kept.answerMessageIds).toEqual([await answerMessageId('q', 0), await answerMessageId('q', 1)]);
});
