import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import {
  type DeliverySource,
  type Interpretation,
  type ReceivedDelivery,
  UNKNOWN_EVENT,
} from '@innkeeper/shared/ingest/delivery-source';
import { NAMED_UNSUPPORTED } from '@innkeeper/shared/ingest/event-table';
import { createUnseenTeller } from '@innkeeper/shared/ingest/unseen-value';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { createBookingLookup } from './booking-lookup.ts';
import { eventTable } from './events/event-table.ts';
import { interpretVendorRead } from './interpret-vendor-read.ts';
import { PIPELINE_REVISION } from './pipeline-revision.ts';
import type { GuestyPorts } from './ports.ts';
import { unseenStatuses } from './unseen-status.ts';

/**
 * What a Guesty delivery means, by the row of the table that names its event. It asks the vendor nothing: what must be
 * read is marked. I/O: the lookup of bookings in `store`, the log.
 */
export function createGuestySource(options: {
  readonly store: Pick<DocumentStore, 'getAll'>;
  readonly log: Log;
}): DeliverySource {
  const ports: GuestyPorts = { bookings: createBookingLookup(options.store) };
  const tellUnseen = createUnseenTeller(options.log, 'guesty');
  return {
    source: 'guesty',
    deployable: 'guesty-webhook',
    pipelineRevision: PIPELINE_REVISION,
    eventName,
    interpret: async received => {
      const meaning = await interpret(ports, received);
      if (meaning.kind === 'understood') tellUnseen(unseenStatuses(meaning.changes));
      return meaning;
    },
  };
}

function interpret(ports: GuestyPorts, received: ReceivedDelivery): Interpretation | Promise<Interpretation> {
  const event = eventName(received.payload);
  if (event === VENDOR_READ_EVENT) return interpretVendorRead(ports, received);
  const row = Object.hasOwn(eventTable, event) ? eventTable[event] : undefined;
  if (row === undefined) return { kind: 'unsupported', reason: UNKNOWN_EVENT };
  if ('unsupported' in row) return { kind: 'unsupported', reason: NAMED_UNSUPPORTED };
  return row.interpret(ports, received, event);
}

const eventName = (payload: JsonObject): string => (typeof payload['event'] === 'string' ? payload['event'] : '');
