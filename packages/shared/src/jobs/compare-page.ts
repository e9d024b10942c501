import type { JobPurpose } from '../contracts/read-job.ts';
import { VENDOR_READ_EVENT, type VendorRead } from '../contracts/vendor-read.ts';
import { type RecordSource, recordKey } from '../domain/ids.ts';
import { mergeAll, pathsToMerge } from '../ingest/commit-changes.ts';
import { type DeliveryFailure, detailOf, fateOf } from '../ingest/delivery-fate.ts';
import type { Interpretation } from '../ingest/delivery-source.ts';
import type { RecordChange } from '../ingest/record-change.ts';
import { sha256Hex } from '../ingest/sha256-hex.ts';
import type { DocumentPath, StoredDocument } from '../ports/document-store.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { JobPorts } from './job-ports.ts';
import type { UnreadableThing } from './job-store.ts';
import type { Page, VendorThing } from './page-reader.ts';

/**
 * Which things of a page the records do not know, or know an older state of. Each is understood as the consumer will
 * understand it, and merged with what is stored. I/O: one read of the document store.
 */
export interface ComparedPage {
  /** To be sent to the consumer. */
  readonly news: readonly PageDelivery[];
  readonly unreadable: readonly UnreadableThing[];
}

export interface PageDelivery {
  readonly key: string;
  readonly eventId: string;
  /** JSON text of the `VendorRead`. */
  readonly body: string;
}

export async function comparePage(
  ports: Pick<JobPorts, 'source' | 'store' | 'now'>,
  read: { readonly jobId: string; readonly purpose: JobPurpose; readonly page: Page },
): Promise<Result<ComparedPage, DeliveryFailure>> {
  const { source } = ports.source;
  const things = await Promise.all(
    read.page.things.map(async thing => understand(ports, await toDelivery(source, read, thing))),
  );
  // What the interpretation itself asked for may be away for now: then so is the page.
  const blocked = things.map(({ meaning }) => retryable(meaning)).find(failure => failure !== undefined);
  if (blocked !== undefined) return err(blocked);

  const paths = pathsToMerge(things.flatMap(({ meaning }) => changesOf(meaning)));
  const stored = paths.length === 0 ? ok([]) : await ports.store.getAll(paths);
  if (!stored.ok) return stored;
  const documents = new Map(paths.map((path, index) => [path, stored.value[index]]));

  const judged = things.map(({ delivery, meaning }) => ({ delivery, judgement: judge(meaning, documents) }));
  return ok({
    news: judged.filter(({ judgement }) => judgement === 'news').map(({ delivery }) => delivery),
    unreadable: judged.flatMap(({ delivery, judgement }) =>
      typeof judgement === 'string' ? [] : [{ key: delivery.key, ...judgement }],
    ),
  });
}

async function understand(
  ports: Pick<JobPorts, 'source' | 'now'>,
  delivery: PageDelivery & { readonly payload: VendorRead },
): Promise<{ delivery: PageDelivery; meaning: Interpretation }> {
  const { eventId, body, payload } = delivery;
  const meaning = await ports.source.interpret({
    delivery: {
      v: 1,
      source: ports.source.source,
      eventId,
      receivedAt: new Date(ports.now()).toISOString(),
      body: { inline: body },
    },
    payload: { ...payload },
  });
  return { delivery, meaning };
}

async function toDelivery(
  source: RecordSource,
  { jobId, purpose, page }: { readonly jobId: string; readonly purpose: JobPurpose; readonly page: Page },
  { kind, id, value }: VendorThing,
): Promise<PageDelivery & { readonly payload: VendorRead }> {
  const readBeganAt = new Date(page.beganAtMs).toISOString();
  const payload: VendorRead = {
    event: VENDOR_READ_EVENT,
    kind,
    readBeganAt,
    purpose: purpose === 'backfill' ? 'backfill' : 'reconcile',
    jobId,
    value: { ...value },
  };
  const eventId = `read-${await sha256Hex(JSON.stringify([source, kind, id, readBeganAt]))}`;
  return { key: recordKey(source, kind, id), eventId, body: JSON.stringify(payload), payload };
}

type Judgement = 'known' | 'news' | { readonly reason: string; readonly detail: string };

function judge(meaning: Interpretation, documents: ReadonlyMap<DocumentPath, StoredDocument | undefined>): Judgement {
  if (meaning.kind === 'unsupported') return { reason: meaning.reason, detail: 'nothing maps such a thing' };
  if (meaning.kind === 'unfinished') return { reason: meaning.failure.kind, detail: detailOf(meaning.failure) };
  const { changes, marks = [] } = meaning;
  if (changes.length === 0) return marks.length === 0 ? 'known' : 'news';
  const merged = mergeAll(changes, documents);
  if (!merged.ok) return { reason: merged.error.kind, detail: detailOf(merged.error) };
  return merged.value.outcome === 'written' ? 'news' : 'known';
}

function retryable(meaning: Interpretation): DeliveryFailure | undefined {
  return meaning.kind === 'unfinished' && fateOf(meaning.failure).act === 'retry' ? meaning.failure : undefined;
}

const changesOf = (meaning: Interpretation): readonly RecordChange[] =>
  meaning.kind === 'unsupported' ? [] : meaning.changes;
