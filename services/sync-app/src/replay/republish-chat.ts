import { CHAT_REPLAY_ATTRIBUTE, type ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** A message for Pub/Sub that brings a chat change once more. Pure. */
export interface ChatMessageToPublish {
  readonly change: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Of a change that was kept because it could not be applied. `messageId` is the one of the push it came with first. */
export function republishChange(
  event: StoredDocument | undefined,
  messageId: string,
): Result<ChatMessageToPublish, string> {
  const stored = StoredEvent.safeParse(event?.fields);
  if (!stored.success) return err('its event is no longer kept');
  const { payload, event: kind } = stored.data;
  if ('r2Key' in payload) return err('its payload is not with its event');
  return ok({ change: payload.inline, attributes: { kind, v: '1', [CHAT_REPLAY_ATTRIBUTE]: messageId } });
}

/** Of a message as it stands in `chatMessages`, so that it is indexed again. */
export function republishMessage(document: StoredDocument | undefined): Result<ChatMessageToPublish, string> {
  if (document === undefined) return err('the message is gone');
  const stored = ChatMessageDocument.safeParse(document.fields);
  if (!stored.success) return err('the message was written by another release');
  const id = document.path.slice('chatMessages/'.length).replaceAll('%2F', '/').replaceAll('%25', '%');
  const envelope = { v: 1, version: stored.data.version, origin: 'healing', messageId: id } as const;
  const change: ChatChange = stored.data.deleted
    ? { ...envelope, kind: 'message-removed' }
    : { ...contentOf(stored.data), ...envelope, kind: 'message' };
  return ok({ change: JSON.stringify(change), attributes: { kind: change.kind, v: '1' } });
}

function contentOf(message: Extract<ChatMessageDocument, { deleted: false }>) {
  const { v: _form, version: _version, deleted: _deleted, ...content } = message;
  return content;
}
