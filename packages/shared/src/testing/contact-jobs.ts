import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { VendorRead } from '../contracts/vendor-read.ts';
import { parseJsonObject } from '../http-edge/parse-json-object.ts';
import type { AuthenticDelivery } from '../ingest/accept-delivery.ts';
import { commitChanges } from '../ingest/commit-changes.ts';
import type { DeliverySource, Interpretation } from '../ingest/delivery-source.ts';
import type { JobPorts } from '../jobs/job-ports.ts';
import type { PageReader, ResourcePlan } from '../jobs/page-reader.ts';
import { createLog } from '../log/log.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import { ok } from '../result/result.ts';
import { type ContactVendor, contactChange, contactVendor } from './contact-vendor.ts';
import { type InMemoryDirtySet, inMemoryDirtySet } from './in-memory-dirty-set.ts';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from './in-memory-document-store.ts';
import { inMemoryJobStore } from './in-memory-job-store.ts';

/** Everything a job works with, over a vendor's list of contacts in pages of three. */
export interface ContactJobs {
  readonly clock: { now: number };
  readonly vendor: ContactVendor;
  readonly dirtySet: InMemoryDirtySet;
  readonly store: InMemoryDocumentStore;
  readonly ports: JobPorts;
  /** What the jobs sent, in the order it came. */
  readonly sent: AuthenticDelivery[];
  readonly lines: string[];
  /** Settles what was sent, as the consumer does. */
  readonly consume: () => Promise<void>;
  /** First name of a contact's record. */
  readonly name: (id: string) => unknown;
  /** A document's fields. */
  readonly read: (path: string) => Readonly<Record<string, unknown>> | undefined;
}

const PAGE_MAX = 3;

/** By id, from the one after the cursor on. */
export function contactPages(vendor: ContactVendor, now: () => number, plans = [contactPlan]): PageReader {
  return {
    resources: plans,
    readPage: ({ cursor = '' }) => {
      const beganAtMs = now();
      const rest = [...vendor.versions]
        .filter(([id]) => id > cursor)
        .sort(([left], [right]) => (left < right ? -1 : 1));
      const page = rest.slice(0, PAGE_MAX);
      const last = rest.length > PAGE_MAX ? page.at(-1)?.[0] : undefined;
      return Promise.resolve(
        ok({
          things: page.map(([id, version]) => ({ kind: 'contact' as const, id, value: { id, version } })),
          total: vendor.versions.size,
          beganAtMs,
          ...(last === undefined ? {} : { next: last }),
        }),
      );
    },
  };
}

export const contactPlan: ResourcePlan = {
  resource: 'contacts',
  kinds: ['contact'],
  purposes: ['backfill', 'gap-check', 'comparison'],
  window: (purpose, _nowMs, sinceMs) =>
    purpose === 'gap-check' && sinceMs !== undefined ? { from: new Date(sinceMs).toISOString() } : {},
};

/** Reads a delivery that a job sent: `value` is `{id, version}`; an odd one is not understood. */
const contactSource: Pick<DeliverySource, 'source' | 'interpret'> = {
  source: 'aircall',
  interpret: ({ delivery, payload }) => {
    const { value, readBeganAt } = VendorRead.parse(payload);
    const { id, version } = value as { readonly id: string; readonly version: number };
    const meaning: Interpretation = id.startsWith('odd')
      ? { kind: 'unfinished', changes: [], failure: { kind: 'payload_unexpected', detail: 'unexpected: number' } }
      : { kind: 'understood', changes: [contactChange(id, version, Date.parse(readBeganAt), delivery.eventId)] };
    return Promise.resolve(meaning);
  },
};

export function contactJobs(): ContactJobs {
  const clock = { now: Date.parse('2026-11-21T10:00:00.000Z') };
  const now = () => clock.now;
  const vendor = contactVendor();
  const dirtySet = inMemoryDirtySet();
  const store = inMemoryDocumentStore({ now });
  const sent: AuthenticDelivery[] = [];
  const lines: string[] = [];
  const ports: JobPorts = {
    jobs: inMemoryJobStore(),
    pages: contactPages(vendor, now),
    source: contactSource,
    store,
    accept: delivery => {
      sent.push(delivery);
      return Promise.resolve(ok(undefined));
    },
    dirtySet,
    now,
    random: () => 0.5,
    log: createLog('test-webhook', line => lines.push(line)),
  };
  const read = (path: string) => store.documents.get(path)?.fields;
  return {
    clock,
    vendor,
    dirtySet,
    store,
    ports,
    sent,
    lines,
    consume: async () => {
      for (const delivery of sent) await settle(store, now, delivery);
    },
    name: id => (read(`records/aircall:contact:${id}`)?.['facts'] as { firstName?: string } | undefined)?.firstName,
    read,
  };
}

async function settle(store: DocumentStore, now: () => number, delivery: AuthenticDelivery): Promise<void> {
  const payload = parseJsonObject(new TextEncoder().encode(delivery.body));
  if (!payload.ok) throw new Error(payload.error);
  const inbound: InboundDelivery = {
    v: 1,
    source: delivery.source,
    eventId: delivery.eventId,
    receivedAt: new Date(now()).toISOString(),
    body: { inline: delivery.body },
  };
  const meaning = await contactSource.interpret({ delivery: inbound, payload: payload.value });
  if (meaning.kind !== 'understood') throw new Error('sent, though it is not understood');
  const ports = { store, now, random: () => 0.5, wait: () => Promise.resolve() };
  const written = await commitChanges(ports, { by: 'test-webhook', changes: meaning.changes });
  if (!written.ok) throw new Error(written.error.kind);
}
