import type { ChatRoomDirectory, ChatRoomDocument, ChatUserAccess } from '@innkeeper/shared/contracts/chat-documents';
import { describe, expect, test } from 'vitest';
import { type AccessFacts, HEARTBEAT_STALE_AFTER_MS, readableRooms } from './readable-rooms.ts';

const NOW = Date.parse('2026-11-21T09:41:00Z');
type Entry = ChatRoomDirectory['rooms'][string];
const entry = (type: Entry['type'], more: Partial<Entry> = {}): Entry => ({ type, teamMain: false, ...more });

const directory: ChatRoomDirectory['rooms'] = {
  general: entry('c'),
  'general-talk': entry('c', { parentId: 'general' }),
  'general-deeper': entry('p', { parentId: 'general-talk' }),
  'owners-talk': entry('p', { parentId: 'owners' }),
  'owners-open-talk': entry('c', { parentId: 'owners' }),
  'circle-1': entry('p', { parentId: 'circle-2' }),
  'circle-2': entry('p', { parentId: 'circle-1' }),
  crew: entry('p', { teamId: 'T', teamMain: true }),
  'crew-channel': entry('c', { teamId: 'T' }),
  // Two main rooms of one team, and one inside another room: nothing Rocket.Chat makes, and nothing to be opened by.
  'twice-open': entry('c', { teamId: 'twice', teamMain: true }),
  'twice-closed': entry('p', { teamId: 'twice', teamMain: true }),
  'twice-channel': entry('c', { teamId: 'twice' }),
  'nested-main': entry('p', { teamId: 'nested', teamMain: true, parentId: 'general-talk' }),
  'nested-channel': entry('c', { teamId: 'nested' }),
  'orphan-channel': entry('c', { teamId: 'gone' }),
  'visitor-talk': entry('l', { parentId: 'general' }),
};
const EVERYONES = ['general', 'general-talk', 'general-deeper', 'nested-main'];

const room = (type: Entry['type'], more: object = {}): ChatRoomDocument => ({
  v: 1,
  version: 1,
  deleted: false,
  type,
  teamMain: false,
  archived: false,
  directUserIds: [],
  ...more,
});
const asker = (rooms: readonly string[], more: object = {}): ChatUserAccess => ({
  v: 1,
  user: { version: 1, active: true, roles: ['user'], ...more },
  rooms: Object.fromEntries(rooms.map((id, index) => [`s${index}`, id])),
});
const alone = room('d', { directUserIds: ['frida', 'bot'] });

function readable(facts: Partial<AccessFacts>, roomId: string) {
  const all = { room: undefined, directory, asker: asker([]), caughtUpToMs: NOW - 1_000, ...facts };
  const { ids, privateLeftOut } = readableRooms(all, { roomId, askerId: 'frida', botUserId: 'bot' }, NOW);
  return { ids: [...ids].sort(), privateLeftOut };
}
const sorted = (...ids: readonly string[]): string[] => [...ids].sort();

describe('an answer in a room', () => {
  test.each<[string, string, ChatRoomDocument | undefined, ChatUserAccess | undefined, string[]]>([
    ['a public one draws on public rooms', 'general', room('c'), asker(['owners']), EVERYONES],
    [
      'a private one also on itself and its discussions, not on the asker’s other rooms',
      'owners',
      room('p'),
      asker(['owners', 'crew']),
      [...EVERYONES, 'owners', 'owners-talk', 'owners-open-talk'],
    ],
    [
      'a discussion does not open its parent',
      'owners-talk',
      room('p', { parentId: 'owners' }),
      asker([]),
      [...EVERYONES, 'owners-talk'],
    ],
    [
      'discussions in a circle end',
      'circle-1',
      room('p', { parentId: 'circle-2' }),
      asker([]),
      [...EVERYONES, 'circle-1', 'circle-2'],
    ],
    [
      'the main room of a private team draws on its channels',
      'crew',
      room('p', { teamId: 'T', teamMain: true }),
      asker(['crew']),
      [...EVERYONES, 'crew', 'crew-channel'],
    ],
    [
      'a main room that others may read, too, does not',
      'nested-main',
      room('p', { teamId: 'nested', teamMain: true, parentId: 'general-talk' }),
      asker(['nested-main']),
      EVERYONES,
    ],
    [
      'another room of that team, which may have members from outside, does not',
      'crew-private',
      room('p', { teamId: 'T' }),
      asker(['crew']),
      [...EVERYONES, 'crew-private'],
    ],
    [
      'a direct message with a third person counts as a room',
      'three',
      room('d', { directUserIds: ['frida', 'bruno', 'bot'] }),
      asker(['owners', 'three']),
      [...EVERYONES, 'three'],
    ],
    ['a livechat room adds nothing', 'visitor', room('l'), asker([]), EVERYONES],
    ['a deleted room adds nothing', 'owners', { v: 1, version: 2, deleted: true }, asker([]), EVERYONES],
    ['a room nobody has seen adds nothing', 'new', undefined, asker([]), EVERYONES],
    [
      'a guest asks of this room only',
      'owners',
      room('p'),
      asker(['owners'], { roles: ['guest'] }),
      ['owners', 'owners-talk', 'owners-open-talk'],
    ],
    [
      'somebody whose user was never seen counts as staff',
      'owners',
      room('p'),
      undefined,
      [...EVERYONES, 'owners', 'owners-talk', 'owners-open-talk'],
    ],
    ['somebody deactivated is told nothing', 'general', room('c'), asker([], { active: false }), []],
  ])('%s', (_name, roomId, asked, access, expected) => {
    expect(readable({ room: asked, asker: access }, roomId).ids).toEqual(sorted(...expected));
  });
});

describe('an answer in a direct message with the assistant', () => {
  test('draws on everything the asker is in, and what that opens', () => {
    expect(readable({ room: alone, asker: asker(['dm', 'owners', 'crew']) }, 'dm').ids).toEqual(
      sorted(...EVERYONES, 'dm', 'owners', 'owners-talk', 'owners-open-talk', 'crew', 'crew-channel'),
    );
  });

  test('to a guest draws on their rooms only', () => {
    expect(readable({ room: alone, asker: asker(['dm', 'owners'], { roles: ['guest'] }) }, 'dm').ids).toEqual(
      sorted('dm', 'owners', 'owners-talk', 'owners-open-talk'),
    );
  });

  test('to somebody whose user was never seen draws on the rooms they are known to be in', () => {
    expect(readable({ room: alone, asker: { v: 1, rooms: { s: 'owners' } } }, 'dm').ids).toEqual(
      sorted(...EVERYONES, 'dm', 'owners', 'owners-talk', 'owners-open-talk'),
    );
    expect(readable({ room: alone, asker: undefined }, 'dm').ids).toEqual(sorted(...EVERYONES, 'dm'));
  });

  test('of other people than the asker is never taken for one', () => {
    const theirs = room('d', { directUserIds: ['bruno', 'bot'] });
    expect(readable({ room: theirs, asker: asker(['owners']) }, 'dm').ids).toEqual(sorted(...EVERYONES, 'dm'));
    expect(readable({ room: room('d'), asker: asker(['owners']) }, 'dm').ids).toEqual(sorted(...EVERYONES, 'dm'));
  });
});

describe('when the listener is behind', () => {
  const late = { caughtUpToMs: NOW - HEARTBEAT_STALE_AFTER_MS - 1 };

  test('private rooms drop out, and the answer can say so', () => {
    const dm = { room: alone, asker: asker(['dm', 'owners']) };
    expect(readable({ ...dm, ...late }, 'dm')).toEqual({ ids: sorted(...EVERYONES), privateLeftOut: true });
    expect(readable({ ...dm, caughtUpToMs: undefined }, 'dm').privateLeftOut).toBe(true);
    expect(readable({ ...dm, caughtUpToMs: NOW - HEARTBEAT_STALE_AFTER_MS }, 'dm').privateLeftOut).toBe(false);
    expect(readable({ room: room('p'), ...late }, 'owners').ids).toEqual(sorted(...EVERYONES));
  });

  test('a public room loses nothing, and a guest what they may see as a member only', () => {
    expect(readable({ room: room('c'), ...late }, 'general')).toEqual({
      ids: sorted(...EVERYONES),
      privateLeftOut: false,
    });
    const guest = asker(['dm', 'general'], { roles: ['guest'] });
    expect(readable({ room: alone, asker: guest, ...late }, 'dm').ids).toEqual([]);
  });

  test('nothing is missing where there is no chat', () => {
    expect(readable({ directory: {}, asker: undefined, caughtUpToMs: undefined }, 'general')).toEqual({
      ids: [],
      privateLeftOut: false,
    });
  });
});
