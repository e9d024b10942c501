import { ok, type Result } from '@innkeeper/shared/result/result';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { readAccess } from './read-access.ts';
import type { AskedIn } from './readable-rooms.ts';
import { readableRooms } from './readable-rooms.ts';
import { roomsNamed } from './rooms-named.ts';

/** The rooms a question's chat search is confined to, and what the asker has to be told of that. I/O: Firestore. */
export interface SearchableRooms {
  readonly ids: ReadonlySet<string>;
  readonly caveats: readonly RoomCaveat[];
}

export type RoomCaveat =
  | 'private_rooms_left_out'
  /** There is no room of that name, or not everybody who will read the answer may read it: never told apart. */
  | 'named_room_not_readable'
  | 'too_many_rooms';

/** Twenty bytes a room in each half of a search make 80 kB of request; Qdrant itself takes far more. */
const ROOMS_MAX = 2_000;

export async function searchableRooms(
  asked: AskedIn,
  names: readonly string[] | undefined,
  reader: RecordReader & { readonly now: () => number },
): Promise<Result<SearchableRooms, RetrievalError>> {
  const [access, named] = await Promise.all([
    readAccess(asked, reader),
    names === undefined ? ok(undefined) : roomsNamed(names, reader),
  ]);
  if (!access.ok) return access;
  if (!named.ok) return named;
  const { ids: readable, privateLeftOut } = readableRooms(access.value, asked, reader.now());
  const wanted = named.value === undefined ? readable : readable.intersection(named.value);
  return ok({
    ids: new Set([...wanted].slice(0, ROOMS_MAX)),
    caveats: [
      ...(privateLeftOut ? (['private_rooms_left_out'] as const) : []),
      ...(named.value !== undefined && wanted.size === 0 && !privateLeftOut
        ? (['named_room_not_readable'] as const)
        : []),
      ...(wanted.size > ROOMS_MAX ? (['too_many_rooms'] as const) : []),
    ],
  });
}
