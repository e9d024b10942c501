import { describe, expect, test } from 'vitest';
import { chatDesk, talkRoom } from '../test/support/chat-desk.ts';
import { ASKED_AT, booking, record, world } from '../test/support/world.ts';

/** Filters and free words in one question, and two questions in one: whose words count, and what is not recorded. */
const message = (id: string, code: string, guest: string, home: string, sentAt: string, text: string, more = {}) =>
  record('guest-message', id, {
    postId: id,
    reservationId: `r-${code}`,
    listingId: home,
    guestName: guest,
    author: 'guest',
    sentAt,
    text,
    ...more,
  });
const callOf = (id: string, contactName: string, guestId: string, note: string) =>
  record(
    'call',
    id,
    {
      callId: id,
      direction: 'inbound',
      stage: 'ended',
      startedAt: '2026-11-18T10:00:00Z',
      answeredAt: '2026-11-18T10:00:05Z',
      contactName,
      guests: [{ id: guestId, name: contactName }],
      comments: [{ id: `${id}-n`, text: note, by: 'Bruno' }],
    },
    'aircall',
  );

const records = [
  ...world,
  booking('HMX5', { guest: 'Zoe Park', home: 'l-sea', from: '2026-11-24', to: '2026-11-27', more: { guestId: 'g5' } }),
  booking('HMX6', {
    guest: 'Zoe Park',
    home: 'l-hudson',
    from: '2026-12-20',
    to: '2026-12-22',
    more: { guestId: 'g6' },
  }),
  message('p-3', 'HMX1', 'Mia Larsen', 'l-garden', '2026-11-02T08:00:00Z', 'Is there parking near the house?'),
  message('p-4', 'HMX3', 'Ana Ruiz', 'l-sea', '2026-11-21T07:00:00Z', 'The parking was far too narrow.'),
  message('p-5', 'HMX1', 'Mia Larsen', 'l-garden', '2026-11-02T09:00:00Z', 'Parking is behind the house.', {
    author: 'host',
  }),
  record(
    'call',
    'c-long',
    {
      callId: 'c-long',
      direction: 'inbound',
      stage: 'ended',
      startedAt: '2026-11-19T10:00:00Z',
      answeredAt: '2026-11-19T10:00:05Z',
      contactName: 'Ana Ruiz',
      comments: [{ id: 'n', text: 'The projector does not start.', by: 'Bruno' }],
      summary: 'Ana asked for a new projector.',
      // Longer than one chunk of the index, each of which speaks of it.
      transcript: Array.from({ length: 120 }, (_, turn) => ({
        by: 'guest',
        text: `Sentence ${turn} is about the projector in the living room.`,
      })),
    },
    'aircall',
  ),
  callOf('c-5', 'Zoe Park', 'g5', 'Asks for a crib on the first night.'),
  callOf('c-6', 'Zoe Park', 'g6', 'Asks for a crib and a high chair.'),
];

async function desk() {
  const made = chatDesk();
  await made.putAll([
    ['heartbeats/mongo-listener', { v: 1, at: ASKED_AT, state: 'streaming', caughtUpTo: ASKED_AT }],
    ['chatAccess/rooms', { v: 1, rooms: { R1: { type: 'c', teamMain: false } } }],
    ['chatAccess/user:frida', { v: 1, user: { version: 1, active: true, roles: ['user'] }, rooms: {} }],
    ['chatRooms/R1', talkRoom('c', { name: 'front-desk' })],
  ]);
  await made.putRecords(records);
  const say = (id: string, by: string, text: string) => {
    const said = { roomId: 'R1', text, sentAt: '2026-11-20T08:00:00.000Z' };
    const author = { authorId: by.toLowerCase(), authorUsername: by.toLowerCase(), authorName: by };
    return made.putMessage(id, { v: 1, version: 1, deleted: false, role: 'evidence', ...author, ...said }, said);
  };
  const answer = async (text: string): Promise<{ text: string; keys: string[] }> => {
    const { answer: posted } = await made.ask(text, { roomId: 'R1', askerId: 'frida' });
    return { text: posted.parts.join('\n'), keys: posted.sources.map(({ key }) => key) };
  };
  return { say, answer };
}

describe('guests who come, go or stay, and what they said', () => {
  test.each([
    ['guests arriving today who asked about parking', 'p-3'],
    ['did anyone checking in today mention the parking?', 'p-3'],
    ['messages about parking from guests who arrive on Saturday', 'p-3'],
    ['guests leaving today who complained about the parking', 'p-4'],
    ['did anyone in Sea View complain about parking?', 'p-4'],
  ])('%s: theirs alone is quoted, whenever they said it', async (question, id) => {
    const { answer, say } = await desk();
    await say('m1', 'Bruno', 'the parking of the garden studio is closed');
    expect((await answer(question)).keys).toEqual([`guesty:guest-message:${id}`]);
  });

  test('a namesake’s call is not theirs', async () => {
    const { answer } = await desk();
    const { keys } = await answer('did anyone arriving on Tuesday ask for a crib?');
    expect(keys).toEqual(['aircall:call:c-5']);
  });

  test('who else spoke of it is no reason to quote them: what was searched is said', async () => {
    const { answer } = await desk();
    const { text, keys } = await answer('did anyone arriving today complain about the heating?');
    expect(keys).toEqual([]);
    expect(text).toMatch(/^I don't know\. Searched: .*guest messages.* of 2 bookings arriving Sat 21 Nov\./u);
  });

  test('where nobody comes, that is the answer', async () => {
    const { answer } = await desk();
    const { text } = await answer('guests arriving on 3 December who asked about parking');
    expect(text).toMatch(/\(Thu 3 Dec\): nobody\n_Searched: bookings of every home/u);
  });
});

describe('what was searched, where nothing is found', () => {
  test.each([
    ['did anyone mention a sauna in the Sea View?', /^I don't know\. Searched: .*guest messages.* about Sea View\./u],
    ['messages about a sauna yesterday', /^I don't know\. Searched: guest messages, text messages from Fri 20 Nov\./u],
    ['what was said about a sauna in #front-desk?', /^I don't know\. Searched: #front-desk\./u],
  ])('names kinds, days and homes: %s', async (question, said) => {
    const { answer } = await desk();
    expect((await answer(question)).text).toMatch(said);
  });
});

describe('what somebody said', () => {
  test('is told by nobody else’s words', async () => {
    const { say, answer } = await desk();
    await say('m1', 'Bruno', 'the heating man comes at noon');
    await say('m2', 'Olga', 'the heating is on my list');
    expect((await answer('what did Bruno say about the heating?')).keys).toEqual(['chat-message:m1']);
    expect((await answer('what did Ana Ruiz write about the heating?')).keys).toEqual(['guesty:guest-message:p-1']);
    expect((await answer('what did Mia Larsen say about the heating?')).text).toMatch(/^I don't know\./u);
    expect((await answer('what did Nobody say about the heating?')).text).toMatch(/^I don't know\./u);
  });
});

describe('a document with several passages about it', () => {
  test('counts once and is quoted once, by code', async () => {
    const { answer } = await desk();
    const { text, keys } = await answer('which call was about the projector?');
    expect(keys).toEqual(['aircall:call:c-long']);
    expect(text.match(/^> “/gmu)).toHaveLength(1);
  });
});

describe('two questions in one', () => {
  test.each([
    'when does Mia arrive and does she have allergies?',
    'when is Mia Larsen arriving, and does she have any allergies?',
  ])('%s: the one from the booking, the other not recorded', async question => {
    const { answer } = await desk();
    const { text, keys } = await answer(question);
    expect(text).toMatch(/15:30.* planned/u);
    expect(text).toMatch(/“does she have (?:any )?allergies”: not recorded\. Searched: .*of Mia Larsen\./u);
    expect(keys).toContain('guesty:reservation:r-HMX1');
  });

  test('both known are both answered, and the second by her words alone', async () => {
    const { answer } = await desk();
    const { text, keys } = await answer('when does Mia arrive and did she ask about parking?');
    expect(text).toMatch(/15:30.* planned/u);
    expect(text).toContain('Is there parking near the house?');
    expect(keys).not.toContain('guesty:guest-message:p-4');
  });

  test('of a guest whom nobody knows nothing is searched', async () => {
    const { answer } = await desk();
    const { text } = await answer('when does Xaver arrive and does he have allergies?');
    expect(text).toMatch(/nobody called/u);
    expect(text).not.toContain('not recorded');
  });
});
