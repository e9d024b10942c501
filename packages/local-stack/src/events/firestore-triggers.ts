import type { Log } from '@innkeeper/shared/log/log';
import * as z from 'zod';
import type { Delivery, DeliveryStore } from './delivery-store.ts';
import type { FirestoreTrigger, GatewayConfig } from './gateway-config.ts';
import { missedChanges } from './missed-changes.ts';
import { type FirestoreEvent, repairFirestoreEvent } from './repair-firestore-event.ts';

/**
 * Firestore triggers as Eventarc has them. The emulator knows a trigger until it restarts, sends each event once and
 * forgets it; Eventarc keeps an event until the function took it. So every event is stored before the emulator is
 * answered, and a start compares the collection with what was seen last, because whatever was written while nobody
 * listened was sent to nobody.
 */
export interface FirestoreTriggers {
  /** Tells the emulator where to send events; harmless when it knows already. */
  register(): Promise<void>;
  /** Stores events for changes that were never announced; returns how many. */
  catchUp(): Promise<number>;
  /** Takes one event the emulator posts to `/functions/projects/P/triggers/NAME`; `false` when it is none of ours. */
  accept(trigger: string, headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer): boolean;
}

export interface FirestoreTriggersOptions {
  readonly projectId: string;
  readonly firestore: NonNullable<GatewayConfig['firestore']>;
  readonly store: DeliveryStore;
  readonly now: () => number;
  readonly log: Log;
  /** Called after events of this trigger were stored. */
  readonly onStored: (trigger: string) => void;
}

const EVENT_TYPE = 'google.cloud.firestore.document.v1.written';
const PAGE_SIZE = 300;
const REQUEST_MS_MAX = 10_000;

const DocumentPage = z.object({
  documents: z.array(z.object({ name: z.string(), updateTime: z.iso.datetime() })).default([]),
  nextPageToken: z.string().optional(),
});

export function firestoreTriggers(options: FirestoreTriggersOptions): FirestoreTriggers {
  const { projectId, firestore, store } = options;
  const emulator = `http://${firestore.host}`;

  const listDocuments = async (trigger: FirestoreTrigger): Promise<Map<string, string>> => {
    const root = `projects/${projectId}/databases/${trigger.database}/documents/`;
    const [collection] = trigger.document.split('/');
    const found = new Map<string, string>();
    let pageToken: string | undefined;
    do {
      const query = new URLSearchParams({ pageSize: String(PAGE_SIZE), 'mask.fieldPaths': '__name__' });
      if (pageToken !== undefined) query.set('pageToken', pageToken);
      const response = await fetch(`${emulator}/v1/${root}${collection}?${query.toString()}`, {
        headers: { authorization: 'Bearer owner' },
        signal: AbortSignal.timeout(REQUEST_MS_MAX),
      });
      if (!response.ok) throw new Error(`listing ${collection} answered ${response.status}`);
      const page = DocumentPage.parse(await response.json());
      for (const { name, updateTime } of page.documents) found.set(name.slice(root.length), updateTime);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && pageToken !== '');
    return found;
  };

  const keep = (trigger: string, events: readonly FirestoreEvent[]): void => {
    if (events.length === 0) return;
    store.add(
      events.map(({ id, headers, body }) => ({
        route: trigger,
        eventId: id,
        attributes: headers,
        body,
        orderingKey: '',
      })),
      events.map(({ document, updateMicros }) => ({ route: trigger, document, updateMicros })),
    );
    options.onStored(trigger);
  };

  return {
    async register() {
      for (const trigger of firestore.triggers) {
        const response = await fetch(
          `${emulator}/emulator/v1/projects/${projectId}/eventarcTrigger?eventarcTriggerId=${trigger.name}`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({
              eventType: EVENT_TYPE,
              database: trigger.database,
              document: { value: trigger.document, matchType: 'PATH_PATTERN' },
            }),
            signal: AbortSignal.timeout(REQUEST_MS_MAX),
          },
        );
        if (!response.ok) throw new Error(`registering trigger ${trigger.name} answered ${response.status}`);
        await response.arrayBuffer();
      }
    },

    async catchUp() {
      let missed = 0;
      for (const trigger of firestore.triggers) {
        const known = store.knownDocuments(trigger.name);
        const events = missedChanges(known, await listDocuments(trigger), {
          projectId,
          database: trigger.database,
          nowMs: options.now(),
        });
        keep(trigger.name, events);
        if (events.length > 0) options.log.warn('trigger.caught_up', { trigger: trigger.name, events: events.length });
        missed += events.length;
      }
      return missed;
    },

    accept(name, headers, body) {
      const trigger = firestore.triggers.find(candidate => candidate.name === name);
      const event = repairFirestoreEvent(headers, body);
      if (trigger === undefined || !event.ok) return false;
      keep(name, [event.value]);
      return true;
    },
  };
}

/** A function's patience: Cloud Functions ends an event-driven call after 60 s unless told otherwise. */
const CALL_MS_MAX = 60_000;

/** One POST of a stored event to its function; accepted is any 2xx. */
export async function deliverFirestoreEvent(url: string, delivery: Delivery): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: delivery.attributes as Record<string, string>,
    body: Buffer.from(delivery.body),
    signal: AbortSignal.timeout(CALL_MS_MAX),
  });
  await response.arrayBuffer();
  return response.ok;
}
