import { withoutQuoteLinks } from '@innkeeper/shared/domain/quote-links';
import type { AssistantIdentity } from './meaning.ts';

/**
 * Whether a message speaks to the assistant: it mentions it, starts with one of its words, or stands in a direct room
 * with it. A follow-up in a thread names nobody; who asked there before is known to the assistant only. Pure.
 */
export interface Utterance {
  readonly roomId: string;
  readonly text: string;
  readonly mentionedIds: readonly unknown[];
}

export function addressesAssistant(utterance: Utterance, assistant: AssistantIdentity): boolean {
  const text = withoutQuoteLinks(utterance.text);
  return (
    isDirectRoomOf(utterance.roomId, assistant.userId) ||
    utterance.mentionedIds.includes(assistant.userId) ||
    mentions(text, assistant.username) ||
    assistant.words.some(word => startsWithWord(text, word))
  );
}

/** Rocket.Chat has no loop guard: an answer posted over REST looks like anybody's message but for its author. */
export function isOwnMessage(
  author: { readonly _id: string; readonly username: string },
  assistant: AssistantIdentity,
): boolean {
  return author._id === assistant.userId || author.username.toLowerCase() === assistant.username.toLowerCase();
}

/** The id of a direct room between two people is both of their ids, joined. */
function isDirectRoomOf(roomId: string, userId: string): boolean {
  return roomId.length > userId.length && (roomId.startsWith(userId) || roomId.endsWith(userId));
}

function mentions(text: string, username: string): boolean {
  const at = `@${username}`;
  if (!text.toLowerCase().includes(at.toLowerCase())) return false;
  // Usernames may hold dots and dashes: "@innkeeper." ends a sentence, "@innkeeper.two" is somebody else.
  const name = RegExp.escape(username);
  return new RegExp(String.raw`(?<![\p{L}\p{N}_.@-])@${name}(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`, 'iu').test(text);
}

function startsWithWord(text: string, word: string): boolean {
  const start = text.trimStart();
  return (
    word !== '' &&
    start.slice(0, word.length).toLowerCase() === word.toLowerCase() &&
    /^(?:[\s,:]|$)/u.test(start.slice(word.length))
  );
}
