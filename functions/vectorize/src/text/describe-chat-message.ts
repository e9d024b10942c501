import type { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { Searchable } from './searchable.ts';

/** A message that is there. */
type ChatMessage = Extract<ChatMessageDocument, { deleted: false }>;

/** What somebody wrote in the team chat. The room's name stays out, so that a renamed room needs nothing. Pure. */
export function describeChatMessage(message: ChatMessage): Searchable {
  const author = message.authorName ?? message.authorUsername;
  return {
    title: `${author}, ${message.sentAt.slice(0, 'YYYY-MM-DD'.length)}`,
    text: message.text,
    fields: {
      listingIds: [],
      guestNames: [],
      roomId: message.roomId,
      authorId: message.authorId,
      author,
      startsAt: message.sentAt,
      ...(message.threadId === undefined ? {} : { threadId: message.threadId }),
    },
  };
}
