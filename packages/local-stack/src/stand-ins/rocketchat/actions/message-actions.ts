import { MongoServerError } from 'mongodb';
import { ChatFailure } from '../rest/chat-replies.ts';
import type { MessageDocument, UserDocument } from '../store/documents.ts';
import { type ActionContext, personOf } from './action-context.ts';
import { describeText } from './describe-text.ts';
import { roomActivity } from './room-activity.ts';
import type { RoomMembership } from './room-membership.ts';

/**
 * The one write path of messages, for the REST API and for people alike: rights, size, the write, the outgoing webhook,
 * counters, in the real server's order. @throws ChatFailure with the vendor's error.
 */
export interface MessageActions {
  /** `undefined` when the id is taken: nothing is inserted then. */
  send(author: UserDocument, draft: MessageDraft): Promise<MessageDocument | undefined>;
  edit(editor: UserDocument, message: MessageDocument, text: string): Promise<MessageDocument>;
  /** Gone, hidden or emptied, as the settings and its replies demand. */
  remove(remover: UserDocument, message: MessageDocument): Promise<void>;
  /** Toggles when `shouldReact` is absent, and sets on a message without reactions whatever it says. */
  react(user: UserDocument, message: MessageDocument, emoji: string, shouldReact?: boolean): Promise<void>;
  pin(user: UserDocument, message: MessageDocument, pinned: boolean): Promise<void>;
}

export interface MessageDraft {
  readonly id?: string | undefined;
  readonly roomId: string;
  readonly text: string;
  readonly threadId?: string | undefined;
  readonly alias?: string | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly bot?: { readonly i: string };
  /** Now when absent. */
  readonly ts?: Date | undefined;
}

const TEXT_CHARACTERS_MAX = 5000; // Message_MaxAllowedSize
const DUPLICATE_KEY = 11_000;

export function messageActions(context: ActionContext, membership: RoomMembership): MessageActions {
  const { reads, now, newId, afterSave } = context;
  const { messages } = context.database;
  const activity = roomActivity(context);

  const keepHistoryCopy = async (messageId: string, editor: UserDocument): Promise<void> => {
    const original = await messages.findOne({ _id: messageId });
    if (original === null) return;
    const editedBy = { _id: editor._id, username: editor.username };
    const copy = { ...original, _id: newId(), _hidden: true, parent: messageId, editedAt: now(), editedBy };
    await messages.insertOne({ ...copy, _updatedAt: now() });
  };

  const update = async (messageId: string, changes: object, removed?: Record<string, 1>): Promise<void> => {
    const $set = { ...changes, _updatedAt: now() };
    await messages.updateOne({ _id: messageId }, removed === undefined ? { $set } : { $set, $unset: removed });
  };

  return {
    async send(author, draft) {
      checkText(draft.text);
      const room = await membership.enterToWrite(author, draft.roomId);
      const at = now();
      const message: MessageDocument = {
        _id: draft.id ?? newId(),
        rid: room._id,
        msg: draft.text,
        ts: draft.ts ?? at,
        u: personOf(author),
        _updatedAt: at,
        ...(draft.threadId === undefined ? {} : { tmid: draft.threadId }),
        ...(draft.alias === undefined ? {} : { alias: draft.alias }),
        ...(draft.attachments === undefined ? {} : { attachments: [...draft.attachments] }),
        ...(draft.bot === undefined ? {} : { bot: draft.bot }),
        ...(await describeText(draft.text, reads)),
      };
      try {
        await messages.insertOne(message);
      } catch (error) {
        if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return undefined;
        throw error;
      }
      afterSave(message, room);
      await activity.afterNewMessage(message, room);
      return message;
    },
    async edit(editor, message, text) {
      checkText(text);
      if (message.u._id !== editor._id) {
        throw new ChatFailure('error-action-not-allowed', 'Message editing not allowed');
      }
      const room = await membership.enterToWrite(editor, message.rid);
      if (await reads.setting('Message_KeepHistory')) await keepHistoryCopy(message._id, editor);
      const editedBy = { _id: editor._id, username: editor.username };
      const changes = { msg: text, editedAt: now(), editedBy, ...(await describeText(text, reads)) };
      await update(message._id, changes, 'md' in changes ? undefined : { md: 1 });
      const edited = { ...message, ...changes, _updatedAt: now() };
      afterSave(edited, room);
      await activity.afterEdit(edited, room);
      return edited;
    },
    async remove(remover, message) {
      if (message.u._id !== remover._id) throw new ChatFailure('error-action-not-allowed', 'Not allowed');
      const hasReplies = (message.tcount ?? 0) > 0;
      const keepsHistory = hasReplies || (await reads.setting('Message_KeepHistory'));
      const showsDeleted = hasReplies || (await reads.setting('Message_ShowDeletedStatus'));
      if (message.tmid !== undefined) {
        await messages.updateOne({ _id: message.tmid }, { $inc: { tcount: -1 }, $set: { _updatedAt: now() } });
      }
      if (keepsHistory && showsDeleted) await keepHistoryCopy(message._id, remover);
      if (showsDeleted) {
        const editedBy = { _id: remover._id, username: remover.username };
        const emptied = { msg: '', t: 'rm', urls: [], mentions: [], attachments: [], reactions: {} };
        await update(message._id, { ...emptied, editedAt: now(), editedBy }, { md: 1, blocks: 1, tshow: 1 });
      } else if (keepsHistory) {
        await update(message._id, { _hidden: true });
      } else {
        await messages.deleteOne({ _id: message._id });
      }
      await activity.afterRemoval(message);
    },
    async react(user, message, emoji, shouldReact) {
      if ((await reads.readableRoom(user, message.rid)) === undefined) {
        throw new ChatFailure('error-not-allowed', 'Not allowed');
      }
      const key = `:${emoji.replaceAll(':', '')}:`;
      const { [key]: reacted, ...rest } = message.reactions ?? {};
      const usernames = reacted?.usernames ?? [];
      // Without reactions it is neither true nor false, so there the real server takes `false` for a change, too.
      const hasReacted = message.reactions === undefined ? undefined : usernames.includes(user.username);
      if (shouldReact !== undefined && hasReacted === shouldReact) return;
      const others = usernames.filter(username => username !== user.username);
      const wanted = hasReacted === true ? others : [...others, user.username];
      const reactions = wanted.length === 0 ? rest : { ...rest, [key]: { usernames: wanted } };
      if (Object.keys(reactions).length === 0) await update(message._id, {}, { reactions: 1 });
      else await update(message._id, { reactions });
    },
    async pin(user, message, pinned) {
      const room = await membership.enterToWrite(user, message.rid);
      const pinnedBy = { _id: user._id, username: user.username };
      await update(message._id, { pinned, pinnedAt: now(), pinnedBy });
      if (pinned) await membership.notice(room, user, { t: 'message_pinned', msg: '' });
    },
  };
}

function checkText(text: string): void {
  if (text.length > TEXT_CHARACTERS_MAX) {
    throw new ChatFailure('error-message-size-exceeded', 'Message size exceeds Message_MaxAllowedSize');
  }
}
