import type { ChatRoomDirectory, ChatRoomDocument, ChatUserAccess } from '@innkeeper/shared/contracts/chat-documents';

/**
 * Which rooms' chat an answer may quote: what everybody who will read the answer may read. An answer given in a room is
 * read by the whole room; one in a direct message with the assistant alone, by the asker. Pure.
 */
export interface AccessFacts {
  /** The room the question was asked in; undefined while the listener has not seen it. */
  readonly room: ChatRoomDocument | undefined;
  readonly directory: ChatRoomDirectory['rooms'];
  /** Undefined while the listener has not seen the asker. */
  readonly asker: ChatUserAccess | undefined;
  /** Milliseconds since the epoch up to which the listener handed every change on. */
  readonly caughtUpToMs: number | undefined;
}

export interface AskedIn {
  readonly roomId: string;
  readonly askerId: string;
  readonly botUserId: string;
}

export interface ReadableRooms {
  /** The question's own room first, then what only its readers may read, then what everybody may. */
  readonly ids: ReadonlySet<string>;
  /** Private rooms the asker could count on are missing, because nobody knows who is in them at this moment. */
  readonly privateLeftOut: boolean;
}

/** The heartbeat is written every 5 s; after this long somebody may have been removed without our knowing. */
export const HEARTBEAT_STALE_AFTER_MS = 30_000;

/** Roles that may look into every public room by Rocket.Chat's defaults. A guest may not, nor a role made by hand. */
const ROLES_OF_STAFF: ReadonlySet<string> = new Set(['user', 'admin', 'bot', 'app']);

const NOTHING: ReadableRooms = { ids: new Set(), privateLeftOut: false };

export function readableRooms(facts: AccessFacts, asked: AskedIn, nowMs: number): ReadableRooms {
  const asker = facts.asker?.user;
  if (asker?.active === false) return NOTHING;
  const teams = new Teams(facts.directory);
  const everyones = withDiscussions(publicRooms(facts.directory, teams), facts.directory);
  // Somebody whose user was never seen has just been made, or is kept elsewhere: Rocket.Chat lets them write here.
  const open = asker === undefined || asker.roles.some(role => ROLES_OF_STAFF.has(role)) ? everyones : [];
  const own = ownRooms(facts, asked, teams);
  const readable = withDiscussions([...own, ...open], facts.directory);
  if (facts.caughtUpToMs !== undefined && nowMs - facts.caughtUpToMs <= HEARTBEAT_STALE_AFTER_MS) {
    return { ids: readable, privateLeftOut: false };
  }
  const hereIfPublic = own.filter(id => id === asked.roomId && everyones.has(id));
  const ids = withDiscussions([...hereIfPublic, ...open], facts.directory);
  return { ids, privateLeftOut: ids.size < readable.size };
}

type Directory = ChatRoomDirectory['rooms'];

const publicRooms = (directory: Directory, teams: Teams): string[] =>
  Object.entries(directory).flatMap(([id, { type, parentId, teamId }]) =>
    type === 'c' && parentId === undefined && (teamId === undefined || teams.isPublic(teamId)) ? [id] : [],
  );

/** What the readers of the answer may read beyond what everybody may. */
function ownRooms({ room, asker }: AccessFacts, asked: AskedIn, teams: Teams): string[] {
  if (room === undefined || room.deleted || !isTalk(room.type)) return [];
  if (isAlone(room, asked) && asker !== undefined) {
    const own = new Set(Object.values(asker.rooms));
    return [asked.roomId, ...own, ...teams.channelsOf(own)];
  }
  // Asked in the main room of a team, whose members are the team: any other room of it may have members who never
  // joined the team, and a discussion is read by its parent's readers, too.
  return [asked.roomId, ...(room.parentId === undefined ? teams.channelsOf(new Set([asked.roomId])) : [])];
}

/** Rooms in which colleagues write; never a visitor's (livechat) or a call. */
export const isTalk = (type: string): boolean => type === 'c' || type === 'p' || type === 'd';

/** A direct message between the asker and the assistant, with nobody else in it. */
const isAlone = (room: Extract<ChatRoomDocument, { deleted: false }>, { askerId, botUserId }: AskedIn): boolean =>
  room.type === 'd' &&
  room.directUserIds.includes(askerId) &&
  room.directUserIds.every(id => id === askerId || id === botUserId);

/** Teams as their main rooms show them: a team whose main room is not known counts as private and memberless. */
class Teams {
  readonly #directory: Directory;
  readonly #mains = new Map<string, Set<string>>();

  constructor(directory: Directory) {
    this.#directory = directory;
    for (const [id, { teamId, teamMain }] of Object.entries(directory)) {
      if (teamId === undefined || !teamMain) continue;
      this.#mains.set(teamId, (this.#mains.get(teamId) ?? new Set()).add(id));
    }
  }

  isPublic(teamId: string): boolean {
    const mains = [...(this.#mains.get(teamId) ?? [])];
    return mains.length > 0 && mains.every(id => this.#directory[id]?.type === 'c');
  }

  /** Channels of private teams, open to whoever is in all of a team's main rooms. */
  channelsOf(mainRooms: ReadonlySet<string>): string[] {
    return Object.entries(this.#directory).flatMap(([id, { type, parentId, teamId }]) => {
      if (type !== 'c' || parentId !== undefined || teamId === undefined || this.isPublic(teamId)) return [];
      return this.#mains.get(teamId)?.isSubsetOf(mainRooms) === true ? [id] : [];
    });
  }
}

/** Who may read a room may read the discussions in it, and theirs, however deep. */
function withDiscussions(roots: Iterable<string>, directory: Directory): Set<string> {
  const discussions = Object.entries(directory).filter(([, { type }]) => isTalk(type));
  const inParent = Map.groupBy(discussions, ([, { parentId }]) => parentId);
  const reached = new Set(roots);
  // A set is walked on into what is added to it meanwhile; what is in it is not added twice, so a cycle ends.
  for (const id of reached) for (const [discussion] of inParent.get(id) ?? []) reached.add(discussion);
  return reached;
}
