import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { DeliverySource, Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, type ChangeOrigin, ended, stateVersion } from './build-change.ts';
import { interpretMessage } from './interpret-message.ts';
import { interpretReservation } from './interpret-reservation.ts';
import { normaliseGuest } from './normalise-guest.ts';
import { normaliseListing } from './normalise-listing.ts';
import { GuestEvent, ListingEvent } from './payload.ts';
import { PIPELINE_REVISION } from './pipeline-revision.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/** What a Guesty delivery means: one line per event that is mapped, everything else is kept as unsupported. I/O: the ports. */
export function createGuestySource(ports: GuestyPorts): DeliverySource {
  return {
    source: 'guesty',
    deployable: 'guesty-webhook',
    pipelineRevision: PIPELINE_REVISION,
    eventName,
    interpret: async received => {
      const event = eventName(received.payload);
      switch (event) {
        case 'reservation.created.v2':
        case 'reservation.updated.v2':
        case 'reservation.new':
        case 'reservation.updated':
          return interpretReservation(ports, received, event);
        case 'reservation.messageReceived':
        case 'reservation.messageSent':
          return interpretMessage(ports, received, event);
        case 'listing.new':
        case 'listing.updated':
        case 'listing.removed':
          return interpretListing(received, event);
        case 'guest.created':
        case 'guest.updated':
        case 'guest.deleted':
          return interpretGuest(received, event);
        default:
          return { kind: 'unsupported' };
      }
    },
  };
}

function eventName(payload: JsonObject): string {
  return typeof payload['event'] === 'string' ? payload['event'] : '';
}

function interpretListing(received: ReceivedDelivery, event: string): Interpretation {
  const parsed = ListingEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { listing } = parsed.data;
  const origin = webhookOrigin(received, event);
  const version = stateVersion(listing, origin.observedAtMs);
  const facts = normaliseListing(listing);
  if (event !== 'listing.removed') {
    return { kind: 'understood', changes: [buildChange(origin, 'listing', listing._id, [state(version, facts)])] };
  }
  // The notice of an end may not say where the home was; the tombstone must stand all the same, whatever comes late.
  const unknownZone: ChangePart = { rank: rank.hearsay, version: 0, facts: { timezone: 'UTC' } };
  const parts = [unknownZone, { rank: rank.state, version, facts }, ended(version)];
  return { kind: 'understood', changes: [buildChange(origin, 'listing', listing._id, parts)] };
}

function interpretGuest(received: ReceivedDelivery, event: string): Interpretation {
  const parsed = GuestEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { guest } = parsed.data;
  const origin = webhookOrigin(received, event);
  const version = stateVersion(guest, origin.observedAtMs);
  const facts = normaliseGuest(guest._id, guest);
  const parts =
    event === 'guest.deleted' ? [{ rank: rank.state, version, facts }, ended(version)] : [state(version, facts)];
  return { kind: 'understood', changes: [buildChange(origin, 'guest', guest._id, parts)] };
}

const state = (version: number, facts: ChangePart['facts'] & object): ChangePart => ({
  rank: rank.state,
  version,
  facts,
  deleted: false,
});

function webhookOrigin(received: ReceivedDelivery, event: string): ChangeOrigin {
  return { received, event, via: 'webhook', observedAtMs: Date.parse(received.delivery.receivedAt) };
}
