import type { StandInReply } from '../stand-in-server.ts';
import type { Row } from './guesty-query.ts';
import { guestyError } from './guesty-replies.ts';
import type { GuestyTables } from './guesty-tables.ts';

/** Conversations and their messages: wrapped in `data`, newest first, paged by a cursor. */
export function readInbox(
  tables: Pick<GuestyTables, 'conversations' | 'posts'>,
  id: string | undefined,
  part: string | undefined,
  query: URLSearchParams,
): StandInReply {
  if (id === undefined) {
    const conversations = tables.conversations.all();
    return page(newestFirst(conversations, 'modifiedAt'), 'conversations', query);
  }
  const conversation = tables.conversations.get(id);
  if (conversation === undefined) return guestyError(404, 'NOT_FOUND', 'conversation not found');
  if (part === undefined) return { status: 200, body: { status: 200, data: conversation } };
  if (part !== 'posts') return guestyError(404, 'NOT_FOUND', 'not found');
  const posts = tables.posts.all().filter(post => post.conversationId === id);
  return page(newestFirst(posts, 'createdAt'), 'posts', query);
}

const PAGE_MAX = 100;

function page(rows: readonly Row[], name: 'conversations' | 'posts', query: URLSearchParams): StandInReply {
  const limit = Number(query.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_MAX) {
    return guestyError(400, 'VALIDATION_ERROR', `"limit" must be 1 to ${PAGE_MAX}`);
  }
  const after = query.get('cursorAfter');
  const from = after === null ? 0 : rows.findIndex(row => row['_id'] === after) + 1;
  const shown = rows.slice(from, from + limit);
  const last = shown.at(-1);
  const goesOn = from + limit < rows.length && last !== undefined && sortsByWhatItShows(query);
  const cursor = { after: goesOn ? last['_id'] : '' };
  return { status: 200, body: { status: 200, data: { [name]: shown, cursor } } };
}

/** Without it there is no cursor: the vendor makes it of the fields that are shown. */
function sortsByWhatItShows(query: URLSearchParams): boolean {
  const sortedBy = (query.get('sort') ?? '-createdAt').replace(/^-/u, '');
  return sortedBy === 'createdAt' || (query.get('fields') ?? '').split(' ').includes(sortedBy);
}

const newestFirst = (rows: readonly Row[], field: string): Row[] =>
  rows.toSorted((left, right) => String(right[field]).localeCompare(String(left[field])));
