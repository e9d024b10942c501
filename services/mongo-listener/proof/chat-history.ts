import { type ChatChange, chatChangeKey } from '@innkeeper/shared/contracts/chat-change';

/**
 * What was done to the chat, as the one who did it knows it: by key (`chatChangeKey`), the states a thing went through
 * and when. Nothing here is derived from what the listener reads.
 */

/** All that is compared of a thing, as text; `undefined` where nobody may see it any more. */
export type Face = string | undefined;

export interface HistoryStep {
  /**
   * `touch`: an update of what nobody downstream is told. `drop`: gone with its whole collection, which no event of its
   * own tells.
   */
  readonly operation: 'insert' | 'update' | 'touch' | 'delete' | 'drop';
  /** `chatVersion`s: exact where both are the same; a bulk deletion's lie behind `above` and up to `upTo`. */
  readonly above: number;
  readonly upTo: number;
  readonly face: Face;
}

export type ChatHistory = ReadonlyMap<string, readonly HistoryStep[]>;

/** What arrived at Pub/Sub, in the order of its acknowledgements. */
export interface Arrival {
  readonly topic: 'live' | 'backfill';
  readonly change: ChatChange;
}

/** A time the stream could not be read: up to `upTo` only what things had become has to arrive. */
export interface Gap {
  /** What is behind this version may be missing. */
  readonly above: number;
  /** Version of the scan that closed it. */
  readonly upTo: number;
}

/** What a change says, in the terms of a history. */
export function faceOf(change: ChatChange): Face {
  switch (change.kind) {
    case 'message':
      return messageFace(change.roomId, change.text);
    case 'room':
      return roomFace(change.type, change.name ?? '', change.archived);
    case 'member':
      return memberFace(change.roomId, change.userId, change.present);
    case 'user':
      return userFace(change.username ?? '', change.active);
    case 'feedback':
      return JSON.stringify([change.up, change.down]);
    case 'message-removed':
    case 'room-removed':
    case 'member-removed':
    case 'user-removed':
      return undefined;
  }
}

export const messageFace = (roomId: string, text: string): string => JSON.stringify([roomId, text]);
export const roomFace = (type: string, name: string, archived: boolean): string =>
  JSON.stringify([type, name, archived]);
export const memberFace = (roomId: string, userId: string, present: boolean): string =>
  JSON.stringify([roomId, userId, present]);
/** Somebody inactive reads nothing any more, which is all that being removed means. */
export const userFace = (username: string, active: boolean): Face => (active ? JSON.stringify([username]) : undefined);

/** What is known of one thing downstream. */
export interface Knowledge {
  readonly version: number;
  readonly face: Face;
}

/** The rule of the contract: the higher version wins; at equal versions a removal does, otherwise the later arrival. */
export const overrules = (next: Knowledge, known: Knowledge | undefined): boolean =>
  known === undefined ||
  next.version > known.version ||
  (next.version === known.version && (next.face === undefined || known.face !== undefined));

/** What a reader downstream knows in the end, by key. */
export function foldArrivals(arrivals: readonly Arrival[]): ReadonlyMap<string, Knowledge> {
  const known = new Map<string, Knowledge>();
  for (const { change } of arrivals) {
    const key = chatChangeKey(change);
    const next = { version: change.version, face: faceOf(change) };
    if (overrules(next, known.get(key))) known.set(key, next);
  }
  return known;
}
