import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import fc from 'fast-check';

/** Histories of a small team chat, in the order in which they happened: versions rise, and no two are alike. */
export const ASSISTANT_ID = 'assistant';

type Happening = (version: number) => ChatChange;

const happening =
  (change: object): Happening =>
  version =>
    ({ v: 1, origin: 'stream', version, ...change }) as ChatChange;

const text = fc.constantFrom('towels', 'late arrival', `many ${'words. '.repeat(200)}`);

const messageOf = (messageIds: readonly string[], roomIds: readonly string[]) =>
  fc
    .record({
      messageId: fc.constantFrom(...messageIds),
      roomId: fc.constantFrom(...roomIds),
      role: fc.constantFrom('evidence', 'evidence', 'question', 'bot'),
      text,
    })
    .map(fields =>
      happening({
        kind: 'message',
        authorId: 'ana1',
        authorUsername: 'ana',
        sentAt: '2026-11-21T09:41:00.000Z',
        ...fields,
      }),
    );
const removalOf = (messageIds: readonly string[]) =>
  fc.constantFrom(...messageIds).map(messageId => happening({ kind: 'message-removed', messageId }));

/** What a room is for never changes; who may read it does. */
const ROOMS = [
  { roomId: 'team', types: ['c', 'p'], directUserIds: [] },
  { roomId: 'guests', types: ['l'], directUserIds: [] },
  { roomId: 'own', types: ['d'], directUserIds: ['ana1', ASSISTANT_ID] },
] as const;
const room = fc
  .record({ about: fc.constantFrom(...ROOMS), archived: fc.boolean(), which: fc.nat(1), parent: fc.boolean() })
  .map(({ about: { types, ...about }, archived, which, parent }) =>
    happening({
      kind: 'room',
      ...about,
      type: types[which % types.length],
      ...(parent ? { parentId: 'lobby' } : {}),
      teamMain: false,
      archived,
    }),
  );

/** A subscription stays with its person and its room. */
const MEMBERS = [
  { memberId: 's1', userId: 'ana1', roomId: 'team' },
  { memberId: 's2', userId: 'ana1', roomId: 'own' },
  { memberId: 's3', userId: 'ben1', roomId: 'team' },
] as const;
const member = fc
  .record({ about: fc.constantFrom(...MEMBERS), present: fc.boolean() })
  .map(({ about, present }) => happening({ kind: 'member', ...about, present }));
const memberRemoved = fc
  .constantFrom(...MEMBERS)
  .map(({ memberId }) => happening({ kind: 'member-removed', memberId }));

const user = fc
  .record({ userId: fc.constantFrom('ana1', 'ben1'), username: fc.constantFrom('a', 'b'), active: fc.boolean() })
  .map(fields => happening({ kind: 'user', ...fields, roles: ['user'] }));
const userRemoved = fc.constantFrom('ana1', 'ben1').map(userId => happening({ kind: 'user-removed', userId }));

const feedback = fc
  .record({ up: fc.subarray(['ana', 'ben']), down: fc.subarray(['cleo']) })
  .map(fields => happening({ kind: 'feedback', messageId: 'answer', ...fields }));

/** Rocket.Chat gives no room's id twice: once removed, a room is not heard of again. */
const withRoomsRemoved = (happenings: readonly Happening[], removed: readonly string[]): readonly Happening[] => [
  ...happenings,
  ...removed.map(roomId => happening({ kind: 'room-removed', roomId })),
];

export const arbitraryHistory = (lengthMax: number): fc.Arbitrary<ChatChange[]> =>
  historyOf(
    [
      messageOf(['m1', 'm2', 'm3'], ['team', 'guests', 'own']),
      removalOf(['m1', 'm2', 'm3']),
      room,
      member,
      memberRemoved,
      user,
      userRemoved,
      feedback,
    ],
    lengthMax,
  );

/** Only of what decides what is found, and little of it, so that the same few things meet again and again. */
export const arbitraryFindableHistory = (lengthMax: number): fc.Arbitrary<ChatChange[]> =>
  historyOf([messageOf(['m1'], ['team', 'guests']), messageOf(['m1'], ['team']), removalOf(['m1']), room], lengthMax);

const historyOf = (kinds: readonly fc.Arbitrary<Happening>[], lengthMax: number): fc.Arbitrary<ChatChange[]> =>
  fc
    .tuple(fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: lengthMax }), fc.subarray(['team', 'guests']))
    .map(([happenings, removed]) => withRoomsRemoved(happenings, removed).map((make, index) => make(1_000 + index)));

/** A history as it may arrive: some of it twice, in any order, so many at once. */
export const arbitraryArrivals = (histories: fc.Arbitrary<ChatChange[]>, atOnceMax: number) =>
  histories
    .chain(history => fc.record({ history: fc.constant(history), repeated: fc.subarray(history) }))
    .chain(({ history, repeated }) =>
      fc.record({
        history: fc.constant(history),
        arrivals: fc.shuffledSubarray([...history, ...repeated], { minLength: history.length + repeated.length }),
        atOnce: fc.integer({ min: 1, max: atOnceMax }),
      }),
    );
