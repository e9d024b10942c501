import { AircallEnvelope } from '@innkeeper/shared/adapters/aircall/payload';
import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import {
  type DeliverySource,
  type Interpretation,
  type ReceivedDelivery,
  UNKNOWN_EVENT,
} from '@innkeeper/shared/ingest/delivery-source';
import { NAMED_UNSUPPORTED } from '@innkeeper/shared/ingest/event-table';
import { unexpectedPayload } from '@innkeeper/shared/ingest/unexpected-payload';
import { createUnseenTeller } from '@innkeeper/shared/ingest/unseen-value';
import type { Log } from '@innkeeper/shared/log/log';
import { rowOf } from './events/event-table.ts';
import { interpretEvent } from './interpret-event.ts';
import { interpretRead } from './interpret-read.ts';
import { PIPELINE_REVISION } from './pipeline-revision.ts';

/** What an Aircall delivery means. It asks the vendor nothing: what must be read is marked. I/O: the log. */
export function createAircallSource(ports: { readonly log: Log }): DeliverySource {
  const tellUnseen = createUnseenTeller(ports.log, 'aircall');

  const interpret = (received: ReceivedDelivery): Interpretation => {
    const event = eventName(received.payload);
    if (event === VENDOR_READ_EVENT) return interpretRead(received);
    const row = rowOf(event);
    if (row === undefined) return { kind: 'unsupported', reason: UNKNOWN_EVENT };
    if ('unsupported' in row) return { kind: 'unsupported', reason: NAMED_UNSUPPORTED };
    const envelope = AircallEnvelope.safeParse(received.payload);
    if (!envelope.success) return { kind: 'unfinished', changes: [], failure: unexpectedPayload(envelope.error) };
    const { meaning, unseen } = interpretEvent(row, envelope.data, received);
    tellUnseen(unseen);
    return meaning;
  };

  return {
    source: 'aircall',
    deployable: 'aircall-webhook',
    pipelineRevision: PIPELINE_REVISION,
    eventName,
    interpret: received => Promise.resolve(interpret(received)),
  };
}

function eventName(payload: JsonObject): string {
  return typeof payload['event'] === 'string' ? payload['event'] : '';
}
