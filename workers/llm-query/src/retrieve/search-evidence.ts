import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentPath, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { fuseRecency } from '../free-text/newest-first.ts';
import type { AskedIn } from '../permission/readable-rooms.ts';
import type { RoomCaveat } from '../permission/searchable-rooms.ts';
import { searchableRooms } from '../permission/searchable-rooms.ts';
import type { ChatEvidence, ChatPoint } from './chat-evidence.ts';
import { chatEvidenceOf, chatPathsOf } from './chat-evidence.ts';
import { withNeighbours } from './chat-neighbours.ts';
import type { FreeSearch } from './free-search.ts';
import { searchFilter } from './free-search.ts';
import { embedQuery, hybridSearch } from './hybrid-search.ts';
import { parseDocument } from './parse-document.ts';
import type { RecordReader } from './read-records.ts';
import { recordPathsOf } from './read-records.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromStoreError } from './retrieval-error.ts';
import type { RetrievalPorts } from './retrieve.ts';

/**
 * Finds what may answer a free question and reads it again from Firestore: records, and chat of the rooms that
 * everybody who will read the answer may read. I/O through ports.
 */
export interface Evidence {
  /** What was found, best first; a chat message with those around it. */
  readonly cited: readonly (BusinessRecord | ChatEvidence)[];
  /** The records among them, with what was read beside them to name guests and bookings. */
  readonly records: readonly BusinessRecord[];
  /** Rooms whose chat was searched; empty where none was. */
  readonly rooms: ReadonlySet<string>;
  readonly caveats: readonly RoomCaveat[];
}

/** Passages a model can weigh within its time, and a person reads. */
const SEARCH_HITS_MAX = 12;
/** Among these the newest are looked for, where they are asked for. */
const NEWEST_AMONG = 36;
/** The best messages come with their neighbours; all of them would crowd out the records. */
const HITS_WITH_NEIGHBOURS_MAX = 4;

export async function searchEvidence(
  search: FreeSearch,
  asked: AskedIn & { readonly messageId: string },
  ports: RetrievalPorts & { readonly now: () => number },
): Promise<Result<Evidence, RetrievalError>> {
  const asksForChat = search.kinds.includes('chat-message');
  if (search.kinds.length === 0) return ok({ cited: [], records: [], rooms: new Set(), caveats: [] });
  const [dense, searchable] = await Promise.all([
    embedQuery(search.question, ports.embedder),
    asksForChat ? searchableRooms(asked, search.rooms, ports) : ok({ ids: new Set<string>(), caveats: [] }),
  ]);
  if (!searchable.ok) return searchable;
  const { ids: rooms, caveats } = searchable.value;
  const filter = searchFilter(search, rooms);
  if (filter === undefined) return ok({ cited: [], records: [], rooms, caveats });
  const limit = search.newest ? NEWEST_AMONG : SEARCH_HITS_MAX;
  const found = await hybridSearch({ text: search.words, filter, limit }, dense, ports.vectors);
  if (!found.ok) return found;

  const readable = found.value.filter(hit => hit.kind !== 'chat-message' || isIn(hit, rooms));
  const hits = search.newest ? fuseRecency(readable, hit => hit.startsAt).slice(0, SEARCH_HITS_MAX) : readable;
  const talk = hits.filter(hit => hit.kind === 'chat-message').slice(0, HITS_WITH_NEIGHBOURS_MAX);
  const neighbours = await withNeighbours(talk, ports.vectors);
  if (!neighbours.ok) return neighbours;
  const points = unique(hits.flatMap(hit => neighbours.value.get(hit.docKey) ?? [hit])).filter(
    // The question itself may be in the index already.
    point => point.docKey !== `chat-message:${asked.messageId}`,
  );
  const chat = points.filter(point => point.kind === 'chat-message');
  const read = await readAll(ports, [...recordPathsOf(points), ...chatPathsOf(chat)]);
  if (!read.ok) return read;

  const records = [...read.value.values()].flatMap(document =>
    document.path.startsWith('records/') ? (parseDocument(BusinessRecord, document, ports.log) ?? []) : [],
  );
  const byKey = new Map<string, BusinessRecord>(records.map(record => [record.key, record]));
  const cited = points.flatMap(
    point =>
      (point.kind === 'chat-message' ? chatEvidenceOf(point, read.value, rooms, ports.log) : byKey.get(point.docKey)) ??
      [],
  );
  return ok({ cited, records, rooms, caveats });
}

/** Messages that were found before, as they stand now; what may not be quoted any more is missing. */
export async function readChatAgain(
  points: readonly ChatPoint[],
  rooms: ReadonlySet<string>,
  reader: RecordReader,
): Promise<Result<ReadonlyMap<string, ChatEvidence>, RetrievalError>> {
  const read = await readAll(reader, chatPathsOf(points));
  if (!read.ok) return read;
  const standing = points.flatMap(point => chatEvidenceOf(point, read.value, rooms, reader.log) ?? []);
  return ok(new Map(standing.map(evidence => [evidence.key, evidence])));
}

const isIn = ({ roomId }: PointPayload, rooms: ReadonlySet<string>): boolean =>
  roomId !== undefined && rooms.has(roomId);

const unique = (points: readonly PointPayload[]): PointPayload[] => [
  ...new Map(points.map(point => [point.docKey, point])).values(),
];

/** One round trip, by path; what is not there is missing. */
async function readAll(
  { documents }: RecordReader,
  paths: readonly DocumentPath[],
): Promise<Result<ReadonlyMap<string, StoredDocument>, RetrievalError>> {
  if (paths.length === 0) return ok(new Map());
  const found = await documents.getAll(paths);
  if (!found.ok) return err(fromStoreError(found.error));
  return ok(new Map(found.value.flatMap(document => (document === undefined ? [] : [[document.path, document]]))));
}
