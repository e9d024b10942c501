import type { GuestyRow } from '@innkeeper/shared/adapters/guesty/guesty-call';
import { POSTS_PAGES_MAX } from '@innkeeper/shared/adapters/guesty/guesty-lists';
import type { CallLane } from '@innkeeper/shared/hydration/rate-gate';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { laneOf, type Page, type PageRequest, type VendorThing } from '@innkeeper/shared/jobs/page-reader';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { toEpochMs } from '../normalise-moment.ts';
import { Conversation, messageOf } from './conversation-rows.ts';
import type { GuestyPagePorts } from './guesty-pages.ts';

/**
 * Conversations, the most recently active first, each with its messages in the form of the vendor's own webhook. A walk
 * that has a beginning in time ends at the first page that is wholly older. I/O: the calls.
 */
export async function readConversationPage(
  ports: GuestyPagePorts,
  request: PageRequest,
): Promise<Result<Page, DeliveryFailure>> {
  const { cursor, window } = request;
  const lane = laneOf(request.purpose);
  const list = await ports.calls(lane, token =>
    ports.client.listConversations(token, cursor === undefined ? {} : { after: cursor }),
  );
  if (!list.result.ok) return err(vendorFailure('Guesty', list.result.error));
  const { rows, after } = list.result.value;
  const sinceMs = window.from === undefined ? 0 : Date.parse(window.from);
  const conversations = rows.flatMap(row => Conversation.safeParse(row).data ?? []);
  const active = conversations.filter(conversation => (activeAtMs(conversation) ?? Infinity) >= sinceMs);

  const things: VendorThing[] = [];
  for (const conversation of active) {
    const posts = await readPosts(ports, lane, conversation._id, request.purpose === 'backfill' ? 0 : sinceMs);
    if (!posts.ok) return posts;
    things.push(...posts.value.flatMap(post => messageOf(conversation, post) ?? []));
  }
  const isOver = after === undefined || active.length === 0;
  return ok({ things, beganAtMs: list.beganAtMs, ...(isOver ? {} : { next: after }) });
}

const activeAtMs = ({ modifiedAt, lastModifiedAt, lastUpdatedAt }: Conversation): number | undefined => {
  const moments = [modifiedAt, lastModifiedAt, lastUpdatedAt].map(toEpochMs).filter(at => at !== undefined);
  return moments.length === 0 ? undefined : Math.max(...moments);
};

/** Newest first, to the beginning or to the first message before `sinceMs`. */
async function readPosts(
  { calls, client }: GuestyPagePorts,
  lane: CallLane,
  conversationId: string,
  sinceMs: number,
): Promise<Result<readonly GuestyRow[], DeliveryFailure>> {
  const posts: GuestyRow[] = [];
  let after: string | undefined;
  for (let page = 0; page < POSTS_PAGES_MAX; page += 1) {
    const position = after === undefined ? {} : { after };
    const answer = await calls(lane, token => client.listPosts(token, { conversationId, ...position }));
    if (!answer.result.ok) {
      // A conversation that ended since the list was read has no messages to tell.
      return answer.result.error.kind === 'not_found' ? ok(posts) : err(vendorFailure('Guesty', answer.result.error));
    }
    const { rows, after: next } = answer.result.value;
    posts.push(...rows);
    const last = rows.at(-1)?.['createdAt'];
    const reached =
      typeof last === 'string' || typeof last === 'number' ? (toEpochMs(last) ?? Infinity) < sinceMs : false;
    if (next === undefined || next === after || reached) return ok(posts);
    after = next;
  }
  return ok(posts);
}
