import { describe, expect, test } from 'vitest';
import type { ChatUtterance } from '../payload.ts';
import { decideAcceptance } from './acceptance.ts';
import { BUG_TRIES_MAX, waitBeforeTry } from './back-off.ts';
import { answerThread, conversationKey } from './conversation-key.ts';

const original = { textHash: 'a', editsSeen: [] };

describe('decideAcceptance', () => {
  test.each([
    ['the first delivery', undefined, { textHash: 'a', edited: false }, 'new'],
    ['an edit nobody knew the original of', undefined, { textHash: 'b', edited: true }, 'new'],
    ['the same again', original, { textHash: 'a', edited: false }, 'repeat'],
    ['the same text marked as edited', original, { textHash: 'a', edited: true }, 'repeat'],
    ['another text', original, { textHash: 'b', edited: true }, 'edit'],
    ['the original after an edit', { textHash: 'b', editsSeen: ['b'] }, { textHash: 'a', edited: false }, 'repeat'],
    ['an edit back to the original', { textHash: 'b', editsSeen: ['b'] }, { textHash: 'a', edited: true }, 'edit'],
    ['an edit that was replaced', { textHash: 'c', editsSeen: ['b', 'c'] }, { textHash: 'b', edited: true }, 'repeat'],
  ] as const)('%s', (_name, known, delivery, expected) => {
    expect(decideAcceptance(known, delivery)).toBe(expected);
  });
});

describe('conversations', () => {
  const inRoom = { roomId: 'R', roomName: 'general', messageId: 'm' } as unknown as ChatUtterance;
  const direct = { roomId: 'D', messageId: 'm' } as unknown as ChatUtterance;
  const threaded = { ...inRoom, threadId: 'root' as NonNullable<ChatUtterance['threadId']> };

  test('are threads in rooms and whole rooms in direct messages', () => {
    expect(conversationKey(inRoom)).toBe('thread:R:m');
    expect(conversationKey(threaded)).toBe('thread:R:root');
    expect(conversationKey(direct)).toBe('direct:D');
  });

  test('are answered in the question’s thread, in a direct message inline unless it was in one', () => {
    expect(answerThread(inRoom, 'public')).toBe('m');
    expect(answerThread(threaded, 'private')).toBe('root');
    expect(answerThread(direct, 'direct')).toBeUndefined();
    expect(answerThread(threaded, 'direct')).toBe('root');
  });
});

test('waits grow, are spread, and stay below half a minute', () => {
  const waits = Array.from({ length: 20 }, (_, index) => waitBeforeTry(index + 1, 1));
  expect(waits.slice(0, BUG_TRIES_MAX)).toEqual([500, 1_000, 2_000, 4_000]);
  expect(Math.max(...waits)).toBe(30_000);
  expect(waitBeforeTry(1, 0)).toBe(375);
});
