import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChatChange, chatChangeKey, chatVersion, secondsOfChatVersion } from './chat-change.ts';
import { chatUserAccessPath } from './chat-documents.ts';

const Golden = z.object({ changes: z.record(z.string(), ChatChange) });
const onDisk: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, 'chat.golden.json'), 'utf8'));
const changes = Object.values(Golden.parse(onDisk).changes);

describe('the contract of the chat', () => {
  it('has an example of each kind of change', () => {
    expect(new Set(changes.map(({ kind }) => kind)).size).toBe(ChatChange.def.options.length);
  });

  it('refuses a change of a version that is not known', () => {
    expect(changes.map(change => ChatChange.safeParse({ ...change, v: 2 }).success)).not.toContain(true);
  });
});

/** MongoDB's own limits: unsigned 32 bits of seconds; the ordinal starts anew every second. */
const seconds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const ordinal = fc.integer({ min: 0, max: 2 ** 21 - 1 });
const time = fc.tuple(seconds, ordinal);
const nextTo = fc
  .tuple(time, fc.constantFrom([0, 0], [0, 1], [1, 0], [1, -1]))
  .map(([[t, i], [dt = 0, di = 0]]) => [
    [t, i] as const,
    [Math.min(t + dt, 2 ** 32 - 1), Math.min(Math.max(i + di, 0), 2 ** 21 - 1)] as const,
  ]);

describe('a version', () => {
  it('sorts as cluster times do, and is the same for the same time only', () => {
    const compare = (one: readonly number[], other: readonly number[]): number =>
      Math.sign((one[0] ?? 0) - (other[0] ?? 0) || (one[1] ?? 0) - (other[1] ?? 0));
    const version = ([t = 0, i = 0]: readonly number[]): number => chatVersion(t, i);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(time, time), nextTo), ([one = [], other = []]) => {
        expect(Math.sign(version(one) - version(other))).toBe(compare(one, other));
      }),
    );
  });

  it('is a safe number that knows its second', () => {
    fc.assert(
      fc.property(time, ([t, i]) => {
        expect(Number.isSafeInteger(chatVersion(t, i))).toBe(true);
        expect(secondsOfChatVersion(chatVersion(t, i))).toBe(t);
      }),
    );
  });

  it('stays in its second however many operations that has', () => {
    expect(secondsOfChatVersion(chatVersion(1_795_248_766, 2 ** 32 - 1))).toBe(1_795_248_766);
  });
});

/** Ids that look like parts of keys. */
const tricky = fc.constantFrom('a', 'b', 'a:b', ':', 'message:a', 'user:a', 'a-removed');
const THINGS = {
  message: { kinds: ['message', 'message-removed'], id: 'messageId' },
  feedback: { kinds: ['feedback'], id: 'messageId' },
  room: { kinds: ['room', 'room-removed'], id: 'roomId' },
  member: { kinds: ['member', 'member-removed'], id: 'memberId' },
  user: { kinds: ['user', 'user-removed'], id: 'userId' },
};
const changeOfThing = fc
  .tuple(fc.constantFrom(...Object.entries(THINGS)), tricky, fc.nat())
  .map(([[thing, { kinds, id }], ofId, choice]) => {
    const examples = changes.filter(({ kind }) => kinds.includes(kind));
    const example = examples[choice % examples.length];
    return { thing, ofId, change: ChatChange.parse({ ...example, [id]: ofId }) };
  });

describe('the key of a change', () => {
  it('is the same for changes of the same thing, and for no others', () => {
    fc.assert(
      fc.property(changeOfThing, changeOfThing, (one, other) => {
        const isSameThing = one.thing === other.thing && one.ofId === other.ofId;
        expect(chatChangeKey(one.change) === chatChangeKey(other.change)).toBe(isSameThing);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the path of what somebody may read', () => {
  it('is one document of one collection, another for each person', () => {
    const id = fc.oneof(tricky, fc.constantFrom('a/b', 'a%2Fb', '%', '/'), fc.string({ unit: 'binary', minLength: 1 }));
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(chatUserAccessPath(one).split('/')).toHaveLength(2);
        expect(chatUserAccessPath(one) === chatUserAccessPath(other)).toBe(one === other);
      }),
    );
  });
});
