import { ChatRoomDocument } from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { parseDocument } from '../retrieve/parse-document.ts';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { AssistantScopes } from '../scopes.ts';
import { scopeOf } from '../scopes.ts';

/** The room a configuration means, as the copy of the chat knows it, and what it may be told now. I/O: Firestore. */
export interface FoundRoom {
  readonly roomId: string;
  readonly scope: Scope;
}

export type RoomNotFound =
  /** The copy of the chat cannot be read now. */
  | 'rooms_not_read'
  /** No room of that id or name was seen, or it is no channel and no private room. */
  | 'room_not_known'
  /** Several are called so: name it by its id. */
  | 'room_ambiguous';

/** `named` is a room id or `#name`. */
export async function findRoom(
  named: string,
  scopes: AssistantScopes,
  reader: RecordReader,
): Promise<Result<FoundRoom, RoomNotFound>> {
  const read = await documentsOf(named, reader);
  if (!read.ok) return err('rooms_not_read');
  const rooms = read.value.flatMap(document => {
    const room = parseDocument(ChatRoomDocument, document, reader.log);
    if (document === undefined || room === undefined || room.deleted) return [];
    if (room.type !== 'c' && room.type !== 'p') return []; // nobody is briefed in a direct message or by livechat
    // What `chatDocumentId` encoded.
    return [{ roomId: decodeURIComponent(document.path.slice('chatRooms/'.length)), room }];
  });
  const [found, another] = rooms;
  if (found === undefined) return err('room_not_known');
  if (another !== undefined) return err('room_ambiguous');
  const { roomId, room } = found;
  const roomType = room.type === 'c' ? 'public' : 'private';
  return ok({ roomId, scope: scopeOf({ roomType, roomId, roomName: room.name, askerId: '', askerName: '' }, scopes) });
}

async function documentsOf(
  named: string,
  { documents }: RecordReader,
): Promise<Result<readonly (StoredDocument | undefined)[], unknown>> {
  if (!named.startsWith('#')) return documents.getAll([`chatRooms/${chatDocumentId(named)}`]);
  return documents.query({
    collection: 'chatRooms',
    where: [{ field: 'name', op: '==', value: named.slice(1) }],
    limit: NAMESAKES_MAX,
  });
}

/** Names are unique in Rocket.Chat but for discussions, and deleted rooms have none. */
const NAMESAKES_MAX = 10;
