import type { Draft, Thing } from '../vendors/thing.ts';
import type { Chronicle } from './chronicle.ts';

/** Every webhook there is to be, and what its sender knows of it. */
export interface Delivery {
  readonly number: number;
  readonly draft: Draft;
  readonly spoilt: Spoilt | undefined;
  /** Never sent at all. */
  readonly isWithheld: boolean;
  readonly madeAtMs: number;
  /** Attempts to send it, copies included. */
  attempts: number;
  /** Whether it was ever answered with a 2xx. */
  isAccepted: boolean;
  /** Statuses of refusals it was answered with. */
  readonly refusals: number[];
  /** Under which ids ingest made it durable: one, however often it was sent. */
  readonly eventIds: Set<string>;
  hasGivenUp: boolean;
}

/** What is wrong with a corrupt one. Those of the way are whole again when they are sent again; the others never. */
export const SPOILT = {
  cut_on_the_way: { isForGood: false },
  signature_of_another: { isForGood: false },
  wrong_types: { isForGood: true },
  cut_at_the_source: { isForGood: true },
  nested_too_deep: { isForGood: true },
} as const;
export type Spoilt = keyof typeof SPOILT;

export const isSpoiltForGood = ({ spoilt }: Delivery): boolean => spoilt !== undefined && SPOILT[spoilt].isForGood;

export interface Ledger {
  readonly deliveries: readonly Delivery[];
  readonly things: ReadonlyMap<string, Thing>;
  open(draft: Draft, fate: Pick<Delivery, 'spoilt' | 'isWithheld'>): Delivery;
  /** Ingest has it under this id. */
  durable(delivery: Delivery, eventId: string): void;
  ofEvent(eventId: string): Delivery | undefined;
}

export function createLedger(now: () => number, chronicle: Chronicle): Ledger {
  const deliveries: Delivery[] = [];
  const things = new Map<string, Thing>();
  const byEvent = new Map<string, Delivery>();

  return {
    deliveries,
    things,
    open: (draft, { spoilt, isWithheld }) => {
      const delivery: Delivery = {
        number: deliveries.length,
        draft,
        spoilt,
        isWithheld,
        madeAtMs: now(),
        attempts: 0,
        isAccepted: false,
        refusals: [],
        eventIds: new Set(),
        hasGivenUp: false,
      };
      deliveries.push(delivery);
      if (draft.about !== undefined) {
        const { thing, progress } = draft.about;
        things.set(thing.key, thing);
        const fate = isWithheld ? ', withheld' : spoilt === undefined ? '' : `, ${spoilt}`;
        chronicle.note(thing.key, `vendor: ${draft.event} (state ${progress}) is delivery ${delivery.number}${fate}`);
      }
      return delivery;
    },
    durable: (delivery, eventId) => {
      delivery.eventIds.add(eventId);
      byEvent.set(eventId, delivery);
    },
    ofEvent: eventId => byEvent.get(eventId),
  };
}
