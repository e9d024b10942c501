import { whereItBroke } from '../where-it-broke.ts';
import { followBookings } from './follow-bookings.ts';
import type { NewsBook } from './news-book.ts';
import type { PostBook } from './post-book.ts';
import { occurrences } from './schedule.ts';
import type { PostPorts } from './settle-post.ts';
import { settlePost } from './settle-post.ts';

/**
 * One round of every minute: what fell due since the last one, what is new about bookings, then a try at everything
 * that is open. A round that is late, missed, doubled or killed anywhere costs nothing but time. I/O through ports.
 */
export interface Books {
  readonly posts: PostBook;
  readonly news: NewsBook;
}

/** After so long a new booking was found by other means, or its guest has come. */
const NEWS_USEFUL_MS = 6 * 3_600_000;

export async function runRound({ posts, news }: Books, ports: PostPorts): Promise<void> {
  const nowMs = ports.now();
  posts.takeIn(occurrences(ports.briefings, { afterMs: posts.lookedUpTo(nowMs), toMs: nowMs }), nowMs);
  await guarded(ports, () => announce({ posts, news }, ports));
  for (const post of posts.open()) await guarded(ports, () => settlePost(post, posts, ports));
}

async function announce({ posts, news }: Books, ports: PostPorts): Promise<void> {
  const rooms = ports.briefings.filter(briefed => briefed.announce).map(({ room }) => room);
  if (rooms.length === 0) {
    if (news.followed() !== undefined) news.forget();
    return;
  }
  const followed = await followBookings(news, ports, (announcements, nowMs) => {
    for (const room of rooms) {
      posts.announce(room, new Date(nowMs).toISOString(), nowMs + NEWS_USEFUL_MS, announcements);
    }
  });
  if (followed.ok) return;
  ports.log.warn('announcements.delayed', { reason: `read_${followed.error.kind}`, detail: followed.error.detail });
}

/** A bug in one part of a round must not keep the others from their turn; the next round tries again. */
async function guarded(ports: PostPorts, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ports.log.error('briefing.broke', whereItBroke(error));
  }
}
