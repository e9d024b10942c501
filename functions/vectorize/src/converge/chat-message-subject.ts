import { ChatMessageDocument, ChatRoomDocument } from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import { type DocumentStore, type StoredDocument, versionOf } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import { describeChatMessage } from '../text/describe-chat-message.ts';
import { NOTHING_SEARCHABLE } from '../text/searchable.ts';
import { whereWrong } from '../where-wrong.ts';
import type { SubjectMade } from './read-subject.ts';
import { docKeyOf, type Subject, type SubjectError } from './subject.ts';

/**
 * A chat message as a subject. It is in the index only as evidence and only where its room lets it be; a room nobody has
 * told of yet forbids nothing, and takes the points away when it arrives and does.
 */
export async function chatMessageSubject(
  ports: { readonly store: DocumentStore; readonly assistantId: string },
  document: StoredDocument,
): Promise<Result<SubjectMade, SubjectError>> {
  const parsed = ChatMessageDocument.safeParse(document.fields);
  if (!parsed.success) return err({ kind: 'invalid_document', detail: whereWrong(parsed.error) });
  const message = parsed.data;
  if (message.deleted || message.role !== 'evidence') return ok({ subject: withdrawn(document), borrowed: [] });

  const roomPath = `chatRooms/${chatDocumentId(message.roomId)}` as const;
  const read = await ports.store.getAll([roomPath]);
  if (!read.ok) return read;
  const room = read.value[0];
  const standing = z.optional(ChatRoomDocument).safeParse(room?.fields);
  if (!standing.success) return err({ kind: 'invalid_document', detail: `room: ${whereWrong(standing.error)}` });
  const deleted = forbidsIndexing(standing.data, ports.assistantId);
  return ok({
    subject: { ...subjectOf(document, describeChatMessage(message)), deleted },
    borrowed: [{ path: roomPath, version: room === undefined ? 0 : versionOf(room) }],
  });
}

/** Rooms whose messages are never quoted: guests' (livechat, calls), the assistant's own, and those that are gone. Pure. */
export function forbidsIndexing(room: ChatRoomDocument | undefined, assistantId: string): boolean {
  if (room === undefined) return false;
  return room.deleted || room.type === 'l' || room.type === 'v' || room.directUserIds.includes(assistantId);
}

const subjectOf = (document: StoredDocument, searchable: Subject['searchable']) =>
  ({
    docKey: docKeyOf(document.path),
    kind: 'chat-message',
    source: 'rocketchat',
    version: versionOf(document),
    searchable,
  }) as const;

const withdrawn = (document: StoredDocument): Subject => ({
  ...subjectOf(document, NOTHING_SEARCHABLE),
  deleted: true,
});
