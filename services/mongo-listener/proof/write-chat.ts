import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import {
  type ClientSession,
  type Collection,
  type Db,
  type Document,
  MongoError,
  MongoNetworkError,
  MongoServerError,
} from 'mongodb';
import { COLLECTIONS, type Followed } from '../src/source-document.ts';
import { type Face, type HistoryStep, memberFace, messageFace, roomFace, userFace } from './chat-history.ts';

/**
 * One person after another using the chat, by chance, in documents of Rocket.Chat's shapes. Every write notes what it
 * made of which thing, and between which operation times. A write whose answer is lost is done again: each is such
 * that twice is once.
 */
export interface ChatWriter {
  readonly history: ReadonlyMap<string, readonly HistoryStep[]>;
  /** One random change, or none where there is nothing to change. */
  write(): Promise<void>;
  /** A message that was not there before; answers its key, whose arrival shows that the stream has come this far. */
  say(): Promise<string>;
  /** Takes all messages away with their collection; answers false where there is none. */
  loseMessages(how: 'drop' | 'rename'): Promise<boolean>;
  /** Operation time of the last write, as a version. */
  version(): number;
}

interface Stored {
  _id: string;
  [field: string]: unknown;
}

export function chatWriter(db: Db, session: ClientSession, dice: Dice, now: () => Date): ChatWriter {
  const steps = new Map<string, HistoryStep[]>();
  /** What can still be changed, by what it is. */
  const living: Record<Followed, Map<string, Stored>> = {
    message: new Map(),
    room: new Map(),
    subscription: new Map(),
    user: new Map(),
  };
  /** Messages that are there still, and that nobody touches any more. */
  const hidden = new Set<string>();
  let hasMessages = false;
  let minted = 0;
  let lastVersion = 0;

  const collection = (followed: Followed): Collection<Stored> => db.collection<Stored>(COLLECTIONS[followed]);
  const mint = (letter: string): string => `${letter}${++minted}`;
  const pick = (followed: Followed): Stored | undefined => {
    const all = [...living[followed].values()];
    return all[dice.between(0, Math.max(0, all.length - 1))];
  };
  /** Runs `write` until its answer arrives, and answers the operation times around it. */
  async function during(write: () => Promise<unknown>): Promise<{ above: number; upTo: number }> {
    const above = lastVersion;
    for (let triesLeft = TRIES_MAX; ; triesLeft -= 1) {
      try {
        await write();
        break;
      } catch (error) {
        if (error instanceof MongoServerError && ALREADY_DONE.has(Number(error.code))) break;
        if (!isPassing(error) || triesLeft === 1) throw error;
      }
    }
    lastVersion = versionOf(session);
    return { above, upTo: lastVersion };
  }

  function note(
    followed: Followed,
    id: string,
    operation: HistoryStep['operation'],
    range: { above: number; upTo: number },
  ): void {
    const document = living[followed].get(id);
    const face = document === undefined ? undefined : FACES[followed](document);
    const key = `${KEYS[followed]}:${id}`;
    steps.set(key, [...(steps.get(key) ?? []), { operation, ...range, face }]);
  }

  async function insert(followed: Followed, document: Stored): Promise<void> {
    const range = await during(() => collection(followed).insertOne({ ...document, _updatedAt: now() }, { session }));
    living[followed].set(document._id, document);
    if (followed === 'message') hasMessages = true;
    note(followed, document._id, 'insert', range);
  }

  async function update(followed: Followed, found: Stored | undefined, fields: Document): Promise<void> {
    if (found === undefined) return;
    const before = FACES[followed](found);
    const next = { ...found, ...fields };
    const range = await during(() =>
      collection(followed).updateOne({ _id: found._id }, { $set: { ...fields, _updatedAt: now() } }, { session }),
    );
    living[followed].set(found._id, next);
    note(followed, found._id, FACES[followed](next) === before ? 'touch' : 'update', range);
    // Once hidden, nothing more happens to it in Rocket.Chat.
    if (FACES[followed](next) === undefined) {
      living[followed].delete(found._id);
      if (followed === 'message') hidden.add(found._id);
    }
  }

  async function remove(followed: Followed, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const range = await during(() => collection(followed).deleteMany({ _id: { $in: [...ids] } }, { session }));
    for (const id of ids) {
      living[followed].delete(id);
      note(followed, id, 'delete', range);
    }
  }

  async function say(): Promise<string> {
    const user = pick('user') ?? (await hire());
    const room = pick('room') ?? (await openRoom());
    const _id = mint('m');
    await insert('message', {
      _id,
      rid: room._id,
      msg: `said ${_id}`,
      ts: now(),
      u: { _id: user._id, username: user['username'], name: user['name'] },
      urls: [],
      mentions: [],
      channels: [],
      md: [],
    });
    return `message:${_id}`;
  }

  async function hire(): Promise<Stored> {
    const _id = mint('u');
    const user = { _id, username: `user-${_id}`, name: `User ${_id}`, active: true, roles: ['user'], type: 'user' };
    await insert('user', user);
    return user;
  }

  async function openRoom(): Promise<Stored> {
    const _id = mint('r');
    const room = { _id, t: dice.chance(50) ? 'c' : 'p', name: `room-${_id}`, usersCount: 0, msgs: 0 };
    await insert('room', room);
    return room;
  }

  const writes: Record<Write, () => Promise<unknown>> = {
    say,
    edit: () => update('message', pick('message'), { msg: `edited ${++minted}`, editedAt: now() }),
    react: () => update('message', pick('message'), { reactions: { ':tada:': { usernames: [`n${++minted}`] } } }),
    hide: () => update('message', pick('message'), { _hidden: true }),
    retract: () => update('message', pick('message'), { t: 'rm', msg: '' }),
    delete: () => remove('message', ids([pick('message')])),
    prune: () => {
      const room = pick('room')?._id;
      return remove('message', ids([...living.message.values()].filter(({ rid }) => rid === room)));
    },
    openRoom,
    renameRoom: () => update('room', pick('room'), { name: `renamed-${++minted}` }),
    makePrivate: () => update('room', pick('room'), { t: 'p' }),
    archive: () => update('room', pick('room'), { archived: true }),
    countMessages: () => update('room', pick('room'), { msgs: ++minted, lm: now() }),
    removeRoom: () => (living.room.size > 1 ? remove('room', ids([pick('room')])) : Promise.resolve()),
    join: async () => {
      const user = pick('user') ?? (await hire());
      const room = pick('room') ?? (await openRoom());
      const _id = mint('s');
      const person = { _id: user._id, username: user['username'] };
      await insert('subscription', { _id, rid: room._id, u: person, t: room['t'], open: true });
    },
    ban: () => update('subscription', pick('subscription'), { status: 'BANNED' }),
    leave: () => remove('subscription', ids([pick('subscription')])),
    hire,
    deactivate: () => update('user', pick('user'), { active: false }),
    logIn: () => update('user', pick('user'), { lastLogin: now() }),
    removeUser: () => (living.user.size > 1 ? remove('user', ids([pick('user')])) : Promise.resolve()),
  };

  return {
    history: steps,
    say,
    version: () => lastVersion,
    write: async () => {
      await writes[dice.pick(LIKELY)]();
    },
    loseMessages: async how => {
      if (!hasMessages) return false;
      const messages = collection('message');
      const range = await during(() =>
        how === 'drop'
          ? messages.drop({ session })
          : messages.rename(`${COLLECTIONS.message}_${++minted}`, { session }),
      );
      const lost = [...living.message.keys(), ...hidden];
      living.message.clear();
      hidden.clear();
      hasMessages = false;
      for (const id of lost) note('message', id, 'drop', range);
      return true;
    },
  };
}

type Write =
  | 'say'
  | 'edit'
  | 'react'
  | 'hide'
  | 'retract'
  | 'delete'
  | 'prune'
  | 'openRoom'
  | 'renameRoom'
  | 'makePrivate'
  | 'archive'
  | 'countMessages'
  | 'removeRoom'
  | 'join'
  | 'ban'
  | 'leave'
  | 'hire'
  | 'deactivate'
  | 'logIn'
  | 'removeUser';

/** How often, out of the sum: mostly talk, as in any chat, but enough of everything in a short history. */
const WEIGHTS: Readonly<Record<Write, number>> = {
  say: 30,
  edit: 14,
  delete: 8,
  react: 3,
  hide: 2,
  retract: 2,
  prune: 1,
  openRoom: 4,
  renameRoom: 3,
  makePrivate: 2,
  archive: 1,
  countMessages: 3,
  removeRoom: 1,
  join: 6,
  ban: 1,
  leave: 3,
  hire: 3,
  deactivate: 1,
  logIn: 2,
  removeUser: 1,
};
const LIKELY = Object.entries(WEIGHTS).flatMap(([write, weight]) => Array<Write>(weight).fill(write as Write)) as [
  Write,
  ...Write[],
];

/** First part of a key, as `chatChangeKey` has it. */
const KEYS: Readonly<Record<Followed, string>> = {
  message: 'message',
  room: 'room',
  subscription: 'member',
  user: 'user',
};

const FACES: Readonly<Record<Followed, (document: Stored) => Face>> = {
  message: ({ _hidden, t, rid, msg }) =>
    _hidden === true || t === 'rm' ? undefined : messageFace(String(rid), String(msg)),
  room: ({ t, name, archived }) => roomFace(String(t), String(name), archived === true),
  subscription: ({ rid, u, status }) => memberFace(String(rid), (u as Stored)._id, status === undefined),
  user: ({ username, active }) => userFace(String(username), active === true),
};

const ids = (found: readonly (Stored | undefined)[]): string[] => found.flatMap(document => document?._id ?? []);

function versionOf({ operationTime }: ClientSession): number {
  if (operationTime === undefined) throw new Error('the server tells no operation time: it is no replica set');
  return chatVersion(operationTime.t, operationTime.i);
}

/** Duplicate key, and a collection that is renamed already: the try before had arrived. */
const ALREADY_DONE: ReadonlySet<number> = new Set([11_000, 26]);
const TRIES_MAX = 20;

const isPassing = (error: unknown): boolean =>
  error instanceof MongoNetworkError || (error instanceof MongoError && error.hasErrorLabel('RetryableWriteError'));
