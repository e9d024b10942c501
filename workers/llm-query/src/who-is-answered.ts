import type { ChatUtterance } from './payload.ts';

/**
 * Decides from one message alone whether the assistant may be meant. What is left open, a `follow_up`, is decided by
 * the conversation, which knows whom it answered. Pure.
 */
export interface Addressing {
  readonly botUserId: string;
  readonly botUsername: string;
  /** Words that start a question, e.g. `!query`. */
  readonly words: readonly string[];
}

export type Addressed =
  | { readonly to: 'assistant'; readonly by: 'mention' | 'word' | 'direct'; readonly question: string }
  /** Nobody was named: answered only if the same person was answered in this thread before. */
  | { readonly to: 'assistant'; readonly by: 'follow_up'; readonly question: string }
  | { readonly to: 'others'; readonly reason: 'own_message' | 'bot' | 'no_text' | 'not_addressed' };

export function whoIsAnswered(utterance: ChatUtterance, addressing: Addressing): Addressed {
  // Rocket.Chat has no loop guard: an answer posted over REST fires the webhook again with `bot: false`.
  if (utterance.askerId === addressing.botUserId || sameName(utterance.askerName, addressing.botUsername)) {
    return { to: 'others', reason: 'own_message' };
  }
  if (utterance.bot) return { to: 'others', reason: 'bot' };

  const mention = withoutMention(utterance.text, addressing.botUsername);
  const word = withoutWord(mention ?? utterance.text, addressing.words);
  const question = (word ?? mention ?? utterance.text).trim();
  if (mention !== undefined) return { to: 'assistant', by: 'mention', question };
  if (word !== undefined) return { to: 'assistant', by: 'word', question };
  if (question === '') return { to: 'others', reason: 'no_text' };
  if (utterance.roomName === undefined) return { to: 'assistant', by: 'direct', question };
  // An edit may have taken the mention away; the thread it opened knows that its author was answered.
  if (utterance.threadId !== undefined || utterance.edited) return { to: 'assistant', by: 'follow_up', question };
  return { to: 'others', reason: 'not_addressed' };
}

const sameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** The text without `@name`, or undefined when it is not there as a whole word. */
function withoutMention(text: string, username: string): string | undefined {
  const name = RegExp.escape(username);
  // Usernames may hold dots and dashes, so "@innkeeper." ends a sentence while "@innkeeper.two" is somebody else.
  const mention = new RegExp(String.raw`(?<![\p{L}\p{N}_.@-])@${name}(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])[,:]?`, 'giu');
  const without = text.replace(mention, ' ');
  return without === text ? undefined : without.replace(/[ \t]+/gu, ' ');
}

function withoutWord(text: string, words: readonly string[]): string | undefined {
  const start = text.trimStart();
  const word = words.find(
    candidate =>
      candidate !== '' &&
      start.slice(0, candidate.length).toLowerCase() === candidate.toLowerCase() &&
      /^(?:[\s,:]|$)/u.test(start.slice(candidate.length)),
  );
  return word === undefined ? undefined : start.slice(word.length).replace(/^[\s,:]+/u, '');
}
