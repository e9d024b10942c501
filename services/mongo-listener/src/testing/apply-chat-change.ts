import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentFields, DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';

/** Keeps a change as the index does: one document per thing, the higher version wins, a removal leaves a tombstone. */
export async function applyChatChange(known: DocumentStore, change: ChatChange): Promise<void> {
  const next = documentOf(change);
  if (next === undefined) return;
  const kept = await known.transact([next.path], ([stored]) => {
    const isNewer = next.version >= storedVersion(stored?.fields);
    return { writes: isNewer ? [{ op: 'set', path: next.path, fields: next.fields }] : [], value: undefined };
  });
  if (!kept.ok) throw new Error(`not kept: ${kept.error.kind}`);
}

const storedVersion = (fields: DocumentFields | undefined): number => {
  const version = fields?.version ?? (fields?.user as DocumentFields | undefined)?.version;
  return typeof version === 'number' ? version : -1;
};

function documentOf(
  change: ChatChange,
): { readonly path: DocumentPath; readonly version: number; readonly fields: DocumentFields } | undefined {
  const { version } = change;
  const guarded = (path: DocumentPath, fields: DocumentFields) => ({
    path,
    version,
    fields: { v: 1, version, ...fields },
  });
  switch (change.kind) {
    case 'message':
      return guarded(`chatMessages/${chatDocumentId(change.messageId)}`, { deleted: false, text: change.text });
    case 'message-removed':
      return guarded(`chatMessages/${chatDocumentId(change.messageId)}`, { deleted: true });
    case 'room':
      return guarded(`chatRooms/${chatDocumentId(change.roomId)}`, { deleted: false, type: change.type });
    case 'room-removed':
      return guarded(`chatRooms/${chatDocumentId(change.roomId)}`, { deleted: true });
    case 'member':
      return guarded(`chatMembers/${chatDocumentId(change.memberId)}`, { deleted: false, userId: change.userId });
    case 'member-removed':
      return guarded(`chatMembers/${chatDocumentId(change.memberId)}`, { deleted: true });
    case 'user':
    case 'user-removed': {
      const active = change.kind === 'user' && change.active;
      const path: DocumentPath = `chatAccess/user:${chatDocumentId(change.userId)}`;
      return { path, version, fields: { v: 1, user: { version, active, roles: [] }, rooms: {} } };
    }
    case 'feedback':
      return undefined;
  }
}
