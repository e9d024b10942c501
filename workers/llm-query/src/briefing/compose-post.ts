import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Draft, Links, Rendering } from '../compose/draft.ts';
import { finishAnswer } from '../compose/finish-answer.ts';
import { homesAt } from '../evaluate/homes.ts';
import { parseDocument } from '../retrieve/parse-document.ts';
import { readListings } from '../retrieve/read-records.ts';
import { readSnapshot } from '../retrieve/read-snapshot.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { fromStoreError } from '../retrieve/retrieval-error.ts';
import type { RetrievalPorts } from '../retrieve/retrieve.ts';
import type { Announcement } from './announcement.ts';
import { briefingSections } from './briefing-sections.ts';
import { newestRecordAt } from './newest-record.ts';
import type { OpenPost } from './post-book.ts';
import { renderAnnouncements } from './render-announcements.ts';
import { renderBriefing } from './render-briefing.ts';
import type { BriefingKind } from './schedule.ts';

/**
 * A post's parts, each at most one chat message, from the records as they stand now; none where nothing is left to
 * tell. I/O: reads through the ports.
 */
export interface ComposePorts extends RetrievalPorts {
  readonly now: () => number;
  readonly links: Links;
}

export async function composePost(
  post: OpenPost,
  scope: Exclude<Scope, 'none'>,
  ports: ComposePorts,
): Promise<Result<readonly string[], RetrievalError>> {
  const nowMs = ports.now();
  const listings = await readListings(ports);
  if (!listings.ok) return listings;
  const homes = homesAt(listings.value, nowMs);
  const rendering: Rendering = {
    homes,
    scope,
    thisYear: new Date(nowMs).toISOString().slice(0, 4),
    links: ports.links,
  };
  const draft =
    post.kind === 'bookings'
      ? await announcementsDraft(post.announcements, rendering, ports)
      : await briefingDraft(post.kind, post.slot as LocalDate, rendering, ports);
  if (!draft.ok) return draft;
  if (draft.value.lines.length === 0) return ok([]);
  return ok(finishAnswer({ draft: draft.value, homes, readAtMs: nowMs, author: 'code', remarks: [] }).parts);
}

async function briefingDraft(
  kind: BriefingKind,
  date: LocalDate,
  rendering: Rendering,
  ports: ComposePorts,
): Promise<Result<Draft, RetrievalError>> {
  const { homes } = rendering;
  const sections = briefingSections(kind, rendering.scope, homes);
  const [newest, ...answers] = await Promise.all([
    newestRecordAt(ports),
    ...sections.map(async section => {
      const found = await readSnapshot(section.plan, rendering, ports);
      return found.ok ? ok({ ...section, snapshot: found.value }) : found;
    }),
  ]);
  if (!newest.ok) return newest;
  const read = [];
  for (const section of answers) {
    if (!section.ok) return section;
    read.push(section.value);
  }
  return ok(renderBriefing({ kind, date, sections: read, newestRecordAt: newest.value }, rendering));
}

async function announcementsDraft(
  announcements: readonly Announcement[],
  rendering: Rendering,
  { documents, log }: ComposePorts,
): Promise<Result<Draft, RetrievalError>> {
  const read = async (paths: readonly DocumentPath[]): Promise<Result<BusinessRecord[], RetrievalError>> => {
    if (paths.length === 0) return ok([]);
    const found = await documents.getAll(paths);
    if (!found.ok) return err(fromStoreError(found.error));
    const records = found.value.flatMap(document => parseDocument(BusinessRecord, document, log) ?? []);
    return ok(records.filter(record => record.erased !== true));
  };
  const bookings = await read(announcements.map(({ key }) => `records/${key}` as const));
  if (!bookings.ok) return bookings;
  const guestIds = bookings.value.flatMap(record =>
    record.kind === 'reservation' && record.facts.guestId !== undefined ? [record.facts.guestId] : [],
  );
  const guests = await read([...new Set(guestIds)].map(id => `records/${recordKey('guesty', 'guest', id)}` as const));
  if (!guests.ok) return guests;
  const snapshot = { homes: rendering.homes, records: [...bookings.value, ...guests.value] };
  return ok(renderAnnouncements(announcements, snapshot, rendering));
}
