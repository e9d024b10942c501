import { createHash } from 'node:crypto';
import { sendJson } from '@innkeeper/local-stack/demo/stage/team-chat';
import { callEvents } from '@innkeeper/local-stack/demo/vendors/aircall-events';
import { deliverAircall, deliverGuesty } from '@innkeeper/local-stack/demo/vendors/deliver-webhooks';
import {
  messageEvent,
  reservationDocument,
  reservationEvent,
} from '@innkeeper/local-stack/demo/vendors/guesty-documents';
import type { World } from '@innkeeper/local-stack/demo/world/world';
import type { StackFile } from '@innkeeper/local-stack/supervisor/stack-file';

/** New things happening to the company: each is one webhook, and one document that must become searchable. */
export interface VendorEvent {
  readonly kind: EventKind;
  readonly docKey: string;
  /** Words that are searchable only once all of it is, what was read from the vendor included. */
  readonly lastWords: string;
  /** Resolves when the webhook was answered 2xx; what Guesty is asked for later is there before. */
  deliver(): Promise<void>;
}

/** A reservation's webhook names ids only: Guesty is asked for the rest. The others carry everything. */
export type EventKind = 'call' | 'guest-message' | 'reservation';

/** Told by no webhook. */
const WISH = 'A lamp for reading, please.';

const CALL_IDS_FROM = 930_000_000; // beyond the calls of the world

export function vendorEvent(kind: EventKind, number: number, world: World, stack: StackFile): VendorEvent {
  const { guestyWebhook, aircallWebhook } = stack.endpoints;
  const id = createHash('sha256').update(`${kind} ${number}`).digest('hex').slice(0, 24);
  switch (kind) {
    case 'call': {
      const call = { ...pick(world.calls, number), id: CALL_IDS_FROM + number };
      const [created = {}] = callEvents(call, aircallWebhook.token);
      return {
        kind,
        docKey: `aircall:call:${call.id}`,
        lastWords: '',
        deliver: () => deliverAircall(aircallWebhook, [created]),
      };
    }
    case 'guest-message': {
      const body = messageEvent({ ...pick(world.letters, number), id });
      return {
        kind,
        docKey: `guesty:guest-message:${id}`,
        lastWords: '',
        deliver: () => deliverGuesty(guestyWebhook, [body]),
      };
    }
    case 'reservation': {
      const booking = { ...pick(world.bookings, number), id };
      const body = reservationEvent('reservation.created.v2', booking, world.at);
      return {
        kind,
        docKey: `guesty:reservation:${id}`,
        lastWords: WISH,
        deliver: () => deliverGuesty(guestyWebhook, [body]),
      };
    }
  }
}

/** Puts into Guesty's stand-in what the reservation events of these numbers will be asked for. */
export async function fillGuesty(numbers: readonly number[], world: World, stack: StackFile): Promise<void> {
  const origin = new URL(stack.components.guesty.url).origin;
  for (const number of numbers) {
    const { docKey } = vendorEvent('reservation', number, world, stack);
    const id = docKey.slice('guesty:reservation:'.length);
    const document = reservationDocument({ ...pick(world.bookings, number), id, wish: WISH }, world.at);
    await sendJson(`${origin}/_control/reservations/${id}`, 'PUT', document);
  }
}

function pick<T>(things: readonly T[], number: number): T {
  const thing = things[number % things.length];
  if (thing === undefined) throw new Error('this world has nothing of the kind');
  return thing;
}
