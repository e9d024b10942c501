import { ChatFailure } from './chat-replies.ts';
import type { ChatRoom, ChatUser, StoredMessage } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';

/**
 * The one write path of messages, for the REST API and for people at the control address alike: rights, size, thread
 * counters, then the outgoing webhook. @throws ChatFailure with the vendor's error.
 */
export interface ChatWrites {
  /** `undefined` when the id is taken: nothing is inserted then. */
  insert(author: ChatUser, draft: MessageDraft): StoredMessage | undefined;
  edit(editor: ChatUser, message: StoredMessage, text: string): StoredMessage;
  remove(remover: ChatUser, message: StoredMessage): void;
  react(user: ChatUser, message: StoredMessage, emoji: string, shouldReact: boolean | undefined): void;
}

export interface MessageDraft {
  readonly id?: string | undefined;
  readonly roomId: string;
  readonly text: string;
  readonly threadId?: string | undefined;
  readonly alias?: string | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly bot?: { readonly i: string };
  /** ISO instant; now when absent. */
  readonly ts?: string | undefined;
}

export interface ChatWritesOptions {
  readonly store: ChatStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly afterSave: (message: StoredMessage, room: ChatRoom) => void;
}

const TEXT_CHARACTERS_MAX = 5000; // Message_MaxAllowedSize

export function chatWrites({ store, now, newId, afterSave }: ChatWritesOptions): ChatWrites {
  const checkText = (text: string): void => {
    if (text.length > TEXT_CHARACTERS_MAX) {
      throw new ChatFailure('error-message-size-exceeded', 'Message size exceeds Message_MaxAllowedSize');
    }
  };

  /** Posting into a public room joins it; into any other room it needs membership. */
  const writableRoom = (author: ChatUser, roomId: string): ChatRoom => {
    const room = store.room(roomId) ?? unknownRoom(roomId, author);
    if (room.memberIds.includes(author._id)) return room;
    if (room.t !== 'c') throw new ChatFailure('error-not-allowed', 'Not allowed');
    const joined = { ...room, memberIds: [...room.memberIds, author._id] };
    store.putRoom(joined);
    return joined;
  };

  /**
   * Unlike the real server, which answers error-invalid-room: here rooms exist as soon as somebody writes in them, since
   * questions may reach the assistant without this stand-in.
   */
  const unknownRoom = (roomId: string, author: ChatUser): ChatRoom => {
    const isDirect = roomId.length > author._id.length && roomId.includes(author._id); // both user ids, joined
    const room: ChatRoom = isDirect
      ? { _id: roomId, t: 'd', memberIds: [author._id, roomId.replace(author._id, '')] }
      : { _id: roomId, t: 'c', name: roomId, memberIds: [author._id] };
    store.putRoom(room);
    return room;
  };

  return {
    insert(author, draft) {
      checkText(draft.text);
      const room = writableRoom(author, draft.roomId);
      const at = new Date(now()).toISOString();
      const message: StoredMessage = {
        _id: draft.id ?? newId(),
        rid: room._id,
        msg: draft.text,
        ts: draft.ts ?? at,
        u: authorOf(author),
        _updatedAt: at,
        ...(draft.threadId === undefined ? {} : { tmid: draft.threadId }),
        ...(draft.alias === undefined ? {} : { alias: draft.alias }),
        ...(draft.attachments === undefined ? {} : { attachments: [...draft.attachments] }),
        ...(draft.bot === undefined ? {} : { bot: draft.bot }),
        urls: [],
        mentions: mentionsIn(draft.text, store),
        channels: [],
      };
      if (!store.insertMessage(message)) return undefined;
      const parent = draft.threadId === undefined ? undefined : store.message(draft.threadId);
      if (parent !== undefined) store.replaceMessage({ ...parent, tcount: (parent.tcount ?? 0) + 1, tlm: message.ts });
      afterSave(message, room);
      return message;
    },
    edit(editor, message, text) {
      checkText(text);
      if (message.u._id !== editor._id)
        throw new ChatFailure('error-action-not-allowed', 'Message editing not allowed');
      const room = writableRoom(editor, message.rid);
      const at = new Date(now()).toISOString();
      const mentions = mentionsIn(text, store);
      const edited = { ...message, msg: text, mentions, editedAt: at, editedBy: authorOf(editor), _updatedAt: at };
      store.replaceMessage(edited);
      afterSave(edited, room);
      return edited;
    },
    remove(remover, message) {
      if (message.u._id !== remover._id) throw new ChatFailure('error-action-not-allowed', 'Not allowed');
      store.deleteMessage(message._id);
    },
    react(user, message, emoji, shouldReact) {
      const key = `:${emoji.replaceAll(':', '')}:`;
      const others = (message.reactions?.[key]?.usernames ?? []).filter(username => username !== user.username);
      const had = others.length !== (message.reactions?.[key]?.usernames ?? []).length;
      const usernames = (shouldReact ?? !had) ? [...others, user.username] : others;
      const { [key]: _, ...rest } = message.reactions ?? {};
      store.replaceMessage({
        ...message,
        reactions: usernames.length === 0 ? rest : { ...rest, [key]: { usernames } },
      });
    },
  };
}

const authorOf = ({ _id, username, name }: ChatUser) => ({ _id, username, name });

function mentionsIn(text: string, store: ChatStore): StoredMessage['mentions'] {
  const usernames = new Set([...text.matchAll(/(?<![\w.@-])@([\w.-]+)/gu)].map(match => match[1] ?? ''));
  return [...usernames].flatMap(username => {
    const user = store.userNamed(username);
    return user === undefined ? [] : [{ _id: user._id, username, type: 'user' as const }];
  });
}
