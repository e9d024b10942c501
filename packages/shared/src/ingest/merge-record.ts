import { blankFacts, isAnonymousFact } from '../domain/anonymous-facts.ts';
import { BusinessRecord } from '../domain/business-record.ts';
import { type RecordKind, recordKey } from '../domain/ids.ts';
import { err, ok, type Result } from '../result/result.ts';
import { ERASURE_STAMP, type ErasureReach } from './erasure-reach.ts';
import { type ChangePart, type ListItem, type RecordChange, rank } from './record-change.ts';

/**
 * Joins what is known of a thing with what one more observation says. Pure.
 *
 * Every fact (and list item, and the tombstone) belongs to the observation with the highest stamp: rank, source
 * version, mapping revision, time of observation. So the end state is the same in whatever order observations arrive
 * and however often; an observation that is silent about a fact never erases it; and what was deleted stays deleted
 * for every older word. Once the person in it was erased, only what is nobody's is taken from any word, older or newer:
 * so it does not matter either whether a word came before the erasure or after it.
 */
export interface MergedRecord {
  /** `older`: everything it says is superseded. `same`: known already, though the stamps may have risen. */
  readonly outcome: 'written' | 'older' | 'same';
  readonly record: BusinessRecord;
  /** Whether the stored document must change. */
  readonly mustStore: boolean;
}

export type MergeError =
  /** Facts known so far do not make a whole record; the paths name what is missing. */
  { readonly kind: 'facts_insufficient'; readonly missing: string };

/** `reach`: whether the person whom the observation names was erased; see `erasure-reach.ts`. */
export function mergeRecord(
  stored: BusinessRecord | undefined,
  change: RecordChange,
  reach: ErasureReach = { kind: 'none' },
): Result<MergedRecord, MergeError> {
  const board = openBoard(stored, change.kind, reach.kind === 'unsure');
  if (reach.kind === 'erased') erase(board, reach.stamp);
  for (const part of change.parts) if (part.rank === rank.erased) erase(board, stampOf(change, part));
  for (const part of change.parts) applyPart(board, part, stampOf(change, part));
  if (stored !== undefined && !board.raised) {
    return ok({ outcome: board.superseded ? 'older' : 'same', record: stored, mustStore: false });
  }
  const changed = stored === undefined || board.changed;
  const { versions, revision } = summarise(board.stamps);
  const candidate = BusinessRecord.safeParse({
    key: recordKey(change.source, change.kind, change.sourceId),
    source: change.source,
    kind: change.kind,
    sourceId: change.sourceId,
    versions,
    stamps: board.stamps,
    pipelineRevision: revision,
    receivedAt: changed ? change.receivedAt : stored.receivedAt,
    provenance: changed ? change.provenance : stored.provenance,
    deleted: board.deleted,
    ...(board.erased ? { erased: true } : {}),
    facts: board.erased ? { ...board.facts, ...blankFacts(change.kind) } : board.facts,
  });
  if (!candidate.success) {
    const missing = candidate.error.issues.map(issue => issue.path.join('.')).join(', ');
    return err({ kind: 'facts_insufficient', missing });
  }
  return ok({ outcome: changed ? 'written' : 'same', record: candidate.data, mustStore: true });
}

/** The working state of one merge. */
interface Board {
  readonly kind: RecordKind;
  readonly facts: Record<string, unknown>;
  readonly stamps: Record<string, string>;
  deleted: boolean;
  erased: boolean;
  /** Only what is nobody's is taken. */
  anonymous: boolean;
  /** Something a reader sees is different. */
  changed: boolean;
  /** Some stamp rose. */
  raised: boolean;
  /** Something it said lost against a newer word. */
  superseded: boolean;
}

function openBoard(stored: BusinessRecord | undefined, kind: RecordKind, anonymous: boolean): Board {
  return {
    kind,
    facts: { ...stored?.facts },
    stamps: { ...stored?.stamps },
    deleted: stored?.deleted ?? false,
    erased: stored?.erased ?? false,
    anonymous: anonymous || (stored?.erased ?? false),
    changed: false,
    raised: false,
    superseded: false,
  };
}

const TOMBSTONE = '@deleted';
const itemStamp = (list: string, id: string): string => `${list}/${id}`;
/** Items with a lower stamp than this one are gone. */
const wholeListStamp = (list: string): string => `${list}/*`;

/** Takes the person out: facts, and the stamps that would tell that there were any. */
function erase(board: Board, stamp: string): void {
  if (stamp > (board.stamps[ERASURE_STAMP] ?? '')) {
    board.stamps[ERASURE_STAMP] = stamp;
    board.raised = true;
  }
  board.changed ||= !board.erased;
  board.erased = true;
  board.anonymous = true;
  for (const fact of Object.keys(board.facts)) if (!isAnonymousFact(board.kind, fact)) delete board.facts[fact];
  for (const key of Object.keys(board.stamps)) {
    if (!key.startsWith('@') && !isAnonymousFact(board.kind, factOf(key))) delete board.stamps[key];
  }
}

/** Of a stamp's name: the fact itself, or the list that an item is in. */
const factOf = (stampName: string): string => stampName.split('/', 1)[0] ?? '';

function applyPart(board: Board, part: ChangePart, stamp: string): void {
  const isTaken = (fact: string): boolean => !board.anonymous || isAnonymousFact(board.kind, fact);
  for (const [fact, value] of Object.entries(part.facts ?? {})) {
    if (value !== undefined && isTaken(fact) && wins(board, fact, stamp, value, board.facts[fact] ?? null)) {
      board.changed ||= !sameValue(board.facts[fact] ?? null, value);
      if (value === null) delete board.facts[fact];
      else board.facts[fact] = value;
    }
  }
  if (part.deleted !== undefined && wins(board, TOMBSTONE, stamp, part.deleted, board.deleted)) {
    board.changed ||= board.deleted !== part.deleted;
    board.deleted = part.deleted;
  }
  for (const list of part.wholeLists ?? []) if (isTaken(list)) applyWholeList(board, list, stamp);
  for (const [list, items] of Object.entries(part.items ?? {})) {
    if (isTaken(list)) applyItems(board, list, items, stamp);
  }
}

function applyWholeList(board: Board, list: string, stamp: string): void {
  if (!wins(board, wholeListStamp(list), stamp, '', '')) return;
  const known = listOf(board, list);
  const kept = known.filter(item => (board.stamps[itemStamp(list, item.id)] ?? '') >= stamp);
  for (const item of known) {
    const key = itemStamp(list, item.id);
    if ((board.stamps[key] ?? '') < stamp) delete board.stamps[key];
  }
  board.changed ||= kept.length < known.length;
  board.facts[list] = kept;
}

function applyItems(board: Board, list: string, items: readonly ListItem[], stamp: string): void {
  for (const item of items) {
    if (stamp < (board.stamps[wholeListStamp(list)] ?? '')) {
      board.superseded = true;
      continue;
    }
    const known = listOf(board, list);
    const before = known.find(other => other.id === item.id) ?? null;
    if (!wins(board, itemStamp(list, item.id), stamp, item, before)) continue;
    board.changed ||= !sameValue(before, item);
    board.facts[list] = [...known.filter(other => other.id !== item.id), item].sort(byTimeThenId);
  }
}

/** Settles who owns a fact. Equal stamps (one observation split in two deliveries) fall back to the text, so that order cannot matter. */
function wins(board: Board, key: string, stamp: string, value: unknown, before: unknown): boolean {
  const owner = board.stamps[key];
  if (owner === undefined || stamp > owner) {
    board.stamps[key] = stamp;
    board.raised = true;
    return true;
  }
  if (stamp < owner) {
    board.superseded = true;
    return false;
  }
  const replaces = canonicalText(value) > canonicalText(before);
  board.raised ||= replaces;
  return replaces;
}

/** Digits of equal width, so that comparing stamps as text compares them as numbers, the leftmost first. */
function stampOf(change: RecordChange, part: ChangePart): string {
  const digits = (value: number, width: number): string =>
    Math.max(0, Math.floor(value)).toString().padStart(width, '0');
  const version = digits(part.version, 16);
  return `${part.rank}:${version}:${digits(change.pipelineRevision, 5)}:${digits(change.observedAtMs, 14)}`;
}

/** Highest source version per rank, and the newest mapping that owns a fact. Derived, so that they cannot disagree with the stamps. */
function summarise(stamps: Readonly<Record<string, string>>): { versions: Record<string, number>; revision: number } {
  const versions: Record<string, number> = {};
  let revision = 1;
  for (const stamp of Object.values(stamps)) {
    const [rankText, version, revisionText] = stamp.split(':');
    const facet = facetNames[Number(rankText)] ?? 'state';
    versions[facet] = Math.max(versions[facet] ?? 0, Number(version));
    revision = Math.max(revision, Number(revisionText));
  }
  return { versions, revision };
}

const facetNames = Object.keys(rank); // ranks count from 0 in the order they are declared

function listOf(board: Board, list: string): ListItem[] {
  const items = board.facts[list];
  return Array.isArray(items) ? (items as ListItem[]) : []; // only ever filled by this file or parsed by the record's schema
}

function byTimeThenId(left: ListItem, right: ListItem): number {
  const key = (item: ListItem): string => `${typeof item['at'] === 'string' ? item['at'] : ''}|${item.id}`;
  return key(left) < key(right) ? -1 : 1;
}

const sameValue = (left: unknown, right: unknown): boolean => canonicalText(left) === canonicalText(right);

/** JSON with sorted keys: one text per value, whatever order its keys were written in. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
