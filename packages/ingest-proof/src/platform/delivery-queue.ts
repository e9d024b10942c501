import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import type { QueuedMessage } from '@innkeeper/shared/ingest/settle-delivery';
import type { Dice } from '../time/dice.ts';
import type { VirtualTime } from '../time/virtual-time.ts';

/**
 * A Cloudflare Queue: it delivers at least once and in no order, in batches that do not wait to be filled, again after a
 * failure, and to the dead letters at last. What it has taken it keeps.
 */
export interface SimulatedQueue {
  /** Durable from here on. */
  readonly take: (body: InboundDelivery) => void;
  /** Nothing waits, nothing is under way. */
  readonly isEmpty: boolean;
  readonly taken: number;
}

export interface QueueOptions {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly batchMax: number;
  /** Batches under way at once. */
  readonly consumersMax: number;
  /** After so many attempts it goes to the dead letters. */
  readonly attemptsMax: number;
  /** Per million: doubled, held back for minutes, given up at once. Zero once the trouble is over. */
  readonly mischief: () => { readonly doubled: number; readonly heldBack: number; readonly givenUp: number };
  readonly deadLetter: (body: InboundDelivery) => void;
  /**
   * Gives a batch to a consumer. Its end is told once: `done`, whereupon everything undecided counts as acknowledged, or
   * `died`, whereupon it comes again.
   */
  readonly consume: (messages: readonly QueuedMessage[], ended: (how: 'done' | 'died') => void) => void;
}

interface Message {
  readonly body: InboundDelivery;
  attempts: number;
}

type Decision = { readonly act: 'ack' } | { readonly act: 'retry'; readonly delaySeconds: number };

export function simulatedQueue(options: QueueOptions): SimulatedQueue {
  const { time, dice } = options;
  let ready: Message[] = [];
  let alive = 0;
  let consumers = 0;
  let taken = 0;

  const pump = (): void => {
    while (ready.length > 0 && consumers < options.consumersMax) {
      const batch = ready.slice(0, options.batchMax);
      ready = ready.slice(options.batchMax);
      deliver(batch);
    }
  };

  const readyAt = (message: Message, delayMs: number): void =>
    time.at(time.now() + delayMs, () => {
      ready.push(message);
      pump();
    });

  const enter = (body: InboundDelivery): void => {
    alive += 1;
    const { heldBack, givenUp } = options.mischief();
    if (dice.happens(givenUp)) return bury({ body, attempts: 0 });
    readyAt(
      { body, attempts: 0 },
      dice.happens(heldBack) ? dice.between(1_000, HELD_BACK_MS_MAX) : dice.between(5, 80),
    );
  };

  const bury = ({ body }: Message): void => {
    alive -= 1;
    options.deadLetter(body);
  };

  const again = (message: Message, delayMs: number): void => {
    if (message.attempts >= options.attemptsMax) bury(message);
    else readyAt(message, delayMs);
  };

  const deliver = (batch: readonly Message[]): void => {
    consumers += 1;
    const decisions = new Map<Message, Decision>();
    const handed = batch.map((message): QueuedMessage => {
      message.attempts += 1;
      return {
        body: message.body,
        attempts: message.attempts,
        ack: () => void decisions.set(message, { act: 'ack' }),
        retry: ({ delaySeconds }) => void decisions.set(message, { act: 'retry', delaySeconds }),
      };
    });
    options.consume(handed, how => {
      // Of one that died, the platform may or may not have heard what it had decided.
      const heard = how === 'done' || dice.happens(500_000) ? decisions : new Map<Message, Decision>();
      for (const message of batch) {
        const decision = heard.get(message) ?? (how === 'done' ? { act: 'ack' } : { act: 'retry', delaySeconds: 10 });
        if (decision.act === 'retry') again(message, decision.delaySeconds * 1_000);
        else alive -= 1;
      }
      consumers -= 1;
      pump();
    });
  };

  return {
    take: body => {
      taken += 1;
      enter(body);
      if (dice.happens(options.mischief().doubled)) enter(body);
    },
    get isEmpty() {
      return alive === 0;
    },
    get taken() {
      return taken;
    },
  };
}

/** Minutes, so that what was sent long after overtakes it. */
const HELD_BACK_MS_MAX = 4 * 60_000;
