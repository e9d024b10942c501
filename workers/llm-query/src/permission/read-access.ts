import {
  CHAT_ROOM_DIRECTORY_PATH,
  ChatRoomDirectory,
  ChatRoomDocument,
  ChatUserAccess,
  chatUserAccessPath,
  LISTENER_HEARTBEAT_PATH,
  ListenerHeartbeat,
} from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { parseDocument } from '../retrieve/parse-document.ts';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { fromStoreError } from '../retrieve/retrieval-error.ts';
import type { AccessFacts, AskedIn } from './readable-rooms.ts';

/**
 * What decides whose chat may be quoted, as it stands at this moment: one read, nothing kept from one question to the
 * next. A document that is missing or cannot be understood opens nothing. I/O: Firestore.
 */
export async function readAccess(
  asked: AskedIn,
  { documents, log }: RecordReader,
): Promise<Result<AccessFacts, RetrievalError>> {
  const found = await documents.getAll([
    `chatRooms/${chatDocumentId(asked.roomId)}`,
    CHAT_ROOM_DIRECTORY_PATH,
    chatUserAccessPath(asked.askerId),
    LISTENER_HEARTBEAT_PATH,
  ]);
  if (!found.ok) return err(fromStoreError(found.error));
  const [room, directory, asker, heartbeat] = found.value;
  const caughtUpTo = parseDocument(ListenerHeartbeat, heartbeat, log)?.caughtUpTo;
  return ok({
    room: parseDocument(ChatRoomDocument, room, log),
    directory: parseDocument(ChatRoomDirectory, directory, log)?.rooms ?? {},
    asker: parseDocument(ChatUserAccess, asker, log),
    caughtUpToMs: caughtUpTo === undefined ? undefined : Date.parse(caughtUpTo),
  });
}
