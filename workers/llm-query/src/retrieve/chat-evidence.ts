import { ChatMessageDocument, ChatRoomDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentPath, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { isTalk } from '../permission/readable-rooms.ts';
import { parseDocument } from './parse-document.ts';

/**
 * What a colleague wrote, as it stands in Firestore at this moment: never the index's copy, which may lag behind an
 * edit or a deletion. Pure.
 */
export interface ChatEvidence {
  readonly kind: 'chat-message';
  /** `chat-message:<message id>`. */
  readonly key: string;
  readonly deleted: false;
  readonly message: Extract<ChatMessageDocument, { deleted: false }>;
  readonly room: Extract<ChatRoomDocument, { deleted: false }>;
}

/** A message that the index or an earlier reading knows of. */
export type ChatPoint = Pick<PointPayload, 'docKey' | 'roomId'>;

/** Where the messages, their rooms, and what is kept of them as questions stand, each once. */
export const chatPathsOf = (points: readonly ChatPoint[]): DocumentPath[] => [
  ...new Set(
    points.flatMap(({ docKey, roomId }) =>
      roomId === undefined ? [] : [messagePath(docKey), roomPath(roomId), interactionPath(docKey)],
    ),
  ),
];

/** Undefined for what may not be quoted (any more): deleted, of another role, moved, or in none of `rooms`. */
export function chatEvidenceOf(
  { docKey, roomId }: ChatPoint,
  found: ReadonlyMap<string, StoredDocument>,
  rooms: ReadonlySet<string>,
  log: Log,
): ChatEvidence | undefined {
  if (roomId === undefined || !rooms.has(roomId)) return undefined;
  const message = parseDocument(ChatMessageDocument, found.get(messagePath(docKey)), log);
  if (message === undefined || message.deleted) return undefined;
  if (message.role !== 'evidence' || message.roomId !== roomId) return undefined;
  // A follow-up in a thread names nobody: only its answer tells that it was a question.
  if (found.has(interactionPath(docKey))) return undefined;
  const room = parseDocument(ChatRoomDocument, found.get(roomPath(roomId)), log);
  if (room === undefined || room.deleted || !isTalk(room.type)) return undefined;
  return { kind: 'chat-message', key: docKey, deleted: false, message, room };
}

const idOf = (docKey: string): string => docKey.slice('chat-message:'.length);
const messagePath = (docKey: string): DocumentPath => `chatMessages/${idOf(docKey)}`;
const interactionPath = (docKey: string): DocumentPath => `interactions/${idOf(docKey)}`;
const roomPath = (roomId: string): DocumentPath => `chatRooms/${chatDocumentId(roomId)}`;
