import type { ChatError, TeamChat } from '@innkeeper/shared/ports/team-chat';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { answerMessageId } from '../answer-message-id.ts';

/**
 * Puts an answer's parts into the chat under derived ids. Doing it again changes nothing; an answer that replaces an
 * earlier one is corrected in place. I/O: Rocket.Chat.
 */
export interface Posting {
  readonly questionMessageId: string;
  readonly roomId: string;
  readonly threadId?: string | undefined;
  readonly parts: readonly string[];
  /** Parts of an earlier text that may already stand in the chat, because of an edit or a holding message. */
  readonly partsBefore: number;
}

/** Which parts stand in the chat already: what waits for its turn must not spend turns on posting them again. */
export interface PartProgress {
  isPosted(messageId: string, part: number): boolean;
  markPosted(messageId: string, part: number): void;
}

/** Stands where a longer earlier answer had one more part. */
const NO_LONGER = '_(part of an earlier answer; see above)_';

export async function postAnswer(
  posting: Posting,
  chat: TeamChat,
  progress?: PartProgress,
): Promise<Result<void, ChatError>> {
  const texts = [...posting.parts];
  while (texts.length < posting.partsBefore) texts.push(NO_LONGER);
  for (const [part, text] of texts.entries()) {
    if (progress?.isPosted(posting.questionMessageId, part) === true) continue;
    const messageId = await answerMessageId(posting.questionMessageId, part);
    const posted = await postPart({ ...posting, messageId, text, maybeThere: part < posting.partsBefore }, chat);
    if (!posted.ok) return posted;
    // The last part needs no note: the whole answer is noted next.
    if (part < texts.length - 1) progress?.markPosted(posting.questionMessageId, part);
  }
  return ok(undefined);
}

async function postPart(
  part: Posting & { readonly messageId: string; readonly text: string; readonly maybeThere: boolean },
  chat: TeamChat,
): Promise<Result<void, ChatError>> {
  const { messageId, roomId, threadId, text } = part;
  if (part.maybeThere) {
    const updated = await chat.updateMessage({ roomId, messageId, text });
    // It was meant to be there, but the process ended before it was sent.
    if (updated.ok || updated.error.kind !== 'not_found') return updated;
  }
  return chat.sendMessage({ messageId, roomId, text, ...(threadId === undefined ? {} : { threadId }) });
}
