import { type BsonDocument, encodeDocument } from '../bson/bson-document.ts';
import type { Filter } from '../query/compile-filter.ts';
import type { Projection } from '../query/compile-projection.ts';
import type { ClusterTime } from '../store/cluster-time.ts';
import type { Oplog, OplogEntry } from '../store/oplog.ts';
import { CommandError } from '../wire/command-error.ts';
import { buildEvent, buildInvalidate, type ChangeEvent, type EventSources } from './change-event.ts';
import type { ChangeStreamOptions, Scope } from './change-stream-options.ts';
import { eventToken, highWaterMark, type TokenData, tokenDocument } from './resume-token.ts';
import { EVENT_BYTES_MAX, splitEvent, tooLarge } from './split-event.ts';

/** The stages behind `$changeStream`, in order. */
export type StreamStage =
  | { readonly kind: 'match'; readonly filter: Filter }
  | { readonly kind: 'project'; readonly project: Projection };

export interface StreamQuery {
  readonly scope: Scope;
  readonly options: ChangeStreamOptions;
  readonly stages: readonly StreamStage[];
  /** Whether large events may be sent in parts. */
  readonly splits: boolean;
}

export interface StreamSources extends EventSources {
  readonly oplog: Oplog;
  /** From which size on an event is split; the server's own limit unless it was reduced. */
  readonly splitBytes: () => number;
}

interface Item {
  readonly token: TokenData;
  /** Absent where only the position moved. */
  readonly bytes?: Buffer;
  readonly isLast?: boolean;
}

/**
 * One open change stream: reads the oplog from a position on and turns entries into events. It remembers nothing but
 * the position, which a resume token describes fully.
 */
export class ChangeStream {
  readonly #query: StreamQuery;
  readonly #sources: StreamSources;
  /** The next entry to look at. */
  #from: ClusterTime;
  /** Events up to here were delivered already. */
  #after: TokenData;
  #position: TokenData;
  #items: Iterator<Item, undefined>;
  #isOver = false;

  /** @throws CommandError where the stream cannot start there. */
  constructor(query: StreamQuery, sources: StreamSources) {
    this.#query = query;
    this.#sources = sources;
    const { start } = query.options;
    if (start === undefined) this.#from = sources.oplog.last() + 1;
    else this.#from = 'at' in start ? start.at : start.after.time;
    if (start !== undefined && this.#from < sources.oplog.first()) throw historyLost();
    this.#after = start !== undefined && 'after' in start ? start.after.token : '';
    this.#position = start !== undefined && 'after' in start ? start.after.token : highWaterMark(this.#from);
    if (start !== undefined && 'after' in start && start.after.isEvent) this.#demandEvent(start.after.token);
    this.#items = this.#walk();
  }

  /** True after the last event there will ever be. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Where a new stream would go on. */
  get position(): BsonDocument {
    return tokenDocument(this.#position);
  }

  /** The events there are by now. @throws CommandError where the stream cannot go on. */
  read(limit: number, bytesMax: number): Buffer[] {
    const batch: Buffer[] = [];
    let bytes = 0;
    if (this.#sources.oplog.droppedUpTo() >= this.#from) throw positionLost();
    while (!this.#isOver && batch.length < limit && bytes < bytesMax) {
      const { value: item } = this.#items.next();
      if (item === undefined) {
        this.#items = this.#walk();
        break;
      }
      if (item.token > this.#position) this.#position = item.token;
      if (item.bytes !== undefined) {
        batch.push(item.bytes);
        bytes += item.bytes.length;
      }
      if (item.isLast === true) this.#isOver = true;
    }
    return batch;
  }

  /** Ends where the oplog ends at the moment. */
  *#walk(): Generator<Item, undefined> {
    for (;;) {
      const entries = [...this.#sources.oplog.read(this.#from, PAGE_ENTRIES)];
      if (entries.length === 0) return undefined;
      for (const entry of entries) {
        for (const item of this.#itemsOf(entry)) if (item.token > this.#after) yield item;
        this.#from = entry.time + 1;
        yield { token: highWaterMark(entry.time) };
      }
    }
  }

  *#itemsOf(entry: OplogEntry): Generator<Item> {
    if (!isInScope(entry, this.#query.scope)) return;
    const token = eventToken(entry, { isInvalidate: false });
    const event = buildEvent(entry, token, this.#query.options, this.#sources);
    if (event !== undefined) yield* this.#process(entry, token, event);
    if (!endsStream(entry, this.#query.scope)) return;
    const lastToken = eventToken(entry, { isInvalidate: true });
    const [last] = this.#process(entry, lastToken, buildInvalidate(entry, lastToken));
    yield { token: lastToken, ...last, isLast: true };
  }

  *#process(entry: OplogEntry, token: TokenData, event: ChangeEvent): Generator<Item> {
    const passed = this.#passThroughStages(event);
    if (passed === undefined) return;
    const whole = passed instanceof Map ? encodeDocument(passed) : passed;
    const splitBytes = this.#sources.splitBytes();
    if (!this.#query.splits || whole.length <= splitBytes) {
      if (whole.length > EVENT_BYTES_MAX) throw tooLarge(whole.length);
      yield { token, bytes: whole };
      return;
    }
    const parts = splitEvent(passed instanceof Map ? passed : event.decode(), splitBytes);
    for (const [fragment, part] of parts.entries()) {
      const partToken = eventToken(entry, { isInvalidate: false, fragment });
      yield { token: partToken, bytes: encodeDocument(new Map([['_id', tokenDocument(partToken)], ...part])) };
    }
  }

  /** The event as bytes where no stage changed it. */
  #passThroughStages(event: ChangeEvent): Buffer | BsonDocument | undefined {
    let changed: BsonDocument | undefined;
    for (const stage of this.#query.stages) {
      if (stage.kind === 'project') changed = stage.project(changed ?? event.decode());
      else if (!stage.filter.matches(changed ?? event.read(stage.filter.fields))) return undefined;
    }
    if (changed === undefined) return event.encode();
    if (changed.has('_id')) return changed;
    throw new CommandError(
      280,
      'Encountered an event whose _id field, which contains the resume token, was modified by the pipeline.',
      { labels: ['NonResumableChangeStreamError'] },
    );
  }

  /** The event that was seen last must still be what it was: a token of another deployment names nothing here. */
  #demandEvent(token: TokenData): void {
    const [entry] = this.#sources.oplog.read(this.#from, 1);
    const candidates = entry === undefined || entry.time !== this.#from ? [] : tokensOf(entry, token);
    if (entry !== undefined && isInScope(entry, this.#query.scope) && candidates.includes(token)) return;
    throw new CommandError(
      280,
      `Executor error during aggregate command :: caused by :: cannot resume stream; the resume token was not found. {_data: "${token}"}`,
      { labels: ['NonResumableChangeStreamError'] },
    );
  }
}

const PAGE_ENTRIES = 256;

/** All that this entry's events may be called, given how the looked-for token ends. */
function tokensOf(entry: OplogEntry, token: TokenData): TokenData[] {
  const fragment = /2B([0-9A-F]{4})04$/u.exec(token)?.[1];
  const whole = [false, true].map(isInvalidate => eventToken(entry, { isInvalidate }));
  if (fragment === undefined) return whole;
  return [...whole, eventToken(entry, { isInvalidate: false, fragment: Number.parseInt(fragment, 16) / 2 })];
}

function isInScope(entry: OplogEntry, scope: Scope): boolean {
  if (entry.kind === 'noop') return false;
  if (scope.of === 'cluster') return true;
  if (entry.db !== scope.db) return false;
  if (scope.of === 'database') return true;
  return entry.kind === 'dropDatabase' || entry.collection === scope.collection;
}

/** A stream ends with the thing it follows. */
function endsStream(entry: OplogEntry, scope: Scope): boolean {
  if (scope.of === 'cluster') return false;
  if (scope.of === 'database') return entry.kind === 'dropDatabase';
  return entry.kind === 'drop' || entry.kind === 'rename' || entry.kind === 'dropDatabase';
}

function historyLost(): CommandError {
  return new CommandError(
    286,
    'Executor error during aggregate command :: caused by :: Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
    { labels: ['NonResumableChangeStreamError'] },
  );
}

function positionLost(): CommandError {
  return new CommandError(
    136,
    'Executor error during getMore :: caused by :: CollectionScan died due to position in capped collection being deleted.',
  );
}
