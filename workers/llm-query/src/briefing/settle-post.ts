import type { Log } from '@innkeeper/shared/log/log';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { postAnswer } from '../deliver/post-answer.ts';
import type { AssistantScopes } from '../scopes.ts';
import type { BriefedRooms } from './briefing-settings.ts';
import type { ComposePorts } from './compose-post.ts';
import { composePost } from './compose-post.ts';
import { findRoom } from './find-room.ts';
import type { OpenPost, PostBook } from './post-book.ts';

/**
 * One try at one post: find its room, compose, post. What cannot be done now is tried in the next round, with the words
 * of then, until it would be useless; then it is skipped, and the log says why. What an earlier try left in the chat is
 * corrected in place. I/O through ports.
 */
export interface PostPorts extends ComposePorts {
  readonly chat: TeamChat;
  readonly log: Log;
  readonly scopes: AssistantScopes;
  readonly briefings: BriefedRooms;
  readonly newsQuietMs: number;
}

export async function settlePost(post: OpenPost, book: PostBook, ports: PostPorts): Promise<void> {
  if (ports.now() >= post.uselessAtMs) return skip(post, post.problem ?? 'too_late', book, ports);
  if (!isWanted(post, ports.briefings)) return skip(post, 'not_configured', book, ports);
  const room = await findRoom(post.room, ports.scopes, ports);
  if (!room.ok) return tryAgain(post, room.error, book, ports);
  const { roomId, scope } = room.value;
  if (scope === 'none') return skip(post, 'room_without_scope', book, ports);

  const parts = await composePost(post, scope, ports);
  if (!parts.ok) return tryAgain(post, `read_${parts.error.kind}`, book, ports);
  if (parts.value.length === 0 && post.partsSent === 0) return skip(post, 'nothing_left', book, ports);
  book.noteParts(post, parts.value.length);
  const posted = await postAnswer(
    {
      // Derived, so that posting twice is once: this id stands for a question nobody asked.
      questionMessageId: `briefing ${roomId} ${post.kind} ${post.slot}`,
      roomId,
      parts: parts.value,
      partsBefore: post.partsSent,
    },
    ports.chat,
  );
  if (posted.ok) {
    book.settle(post);
    ports.log.info('briefing.posted', namedBy(post));
    return;
  }
  const { error } = posted;
  const isFinal = error.kind === 'refused' || error.kind === 'not_found';
  if (isFinal) return skip(post, `chat_${error.kind}`, book, ports);
  tryAgain(post, error.kind === 'unavailable' && error.unsent ? 'chat_turn_later' : `chat_${error.kind}`, book, ports);
}

/** Taken off the configuration after it fell due. */
const isWanted = (post: OpenPost, briefings: BriefedRooms): boolean =>
  briefings.some(
    briefed =>
      briefed.room === post.room && (post.kind === 'bookings' ? briefed.announce : briefed[post.kind] !== undefined),
  );

function tryAgain(post: OpenPost, reason: string, book: PostBook, ports: PostPorts): void {
  book.noteProblem(post, reason);
  ports.log.warn('briefing.delayed', { ...namedBy(post), reason });
}

function skip(post: OpenPost, reason: string, book: PostBook, ports: PostPorts): void {
  book.settle(post);
  ports.log.error('briefing.skipped', { ...namedBy(post), reason });
}

const namedBy = ({
  room,
  kind,
  slot,
}: OpenPost): { readonly room: string; readonly kind: string; readonly slot: string } => ({
  room,
  kind,
  slot,
});
