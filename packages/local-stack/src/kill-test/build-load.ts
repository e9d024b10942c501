import { createHash } from 'node:crypto';
import { callEvents } from '../demo/vendors/aircall-events.ts';
import { reservationDocument, reservationEvent } from '../demo/vendors/guesty-documents.ts';
import type { Dice } from '../demo/world/dice.ts';
import type { World } from '../demo/world/world.ts';

/**
 * What one round sends: bookings that change while their first webhook is still on its way, calls in several stages,
 * every webhook twice, all of it shuffled. Pure.
 */
export interface Load {
  /** Documents for Guesty's stand-in, newest state; the lean webhooks make the product fetch them. */
  readonly reservations: readonly { readonly id: string; readonly document: object }[];
  readonly deliveries: readonly Delivery[];
  /** Keys of the records that must exist afterwards. */
  readonly records: readonly string[];
  /** Number of different vendor deliveries, each of which is one event, however often it was sent. */
  readonly events: number;
  /** What people write to each other meanwhile. */
  readonly talks: readonly Talk[];
  /** Message ids of the questions, each of which has one answer, however often it was delivered. */
  readonly questions: readonly string[];
}

/** A message in the team chat, from its first words to its last state. */
export interface Talk {
  readonly messageId: string;
  readonly said: string;
  readonly edited: string | undefined;
  readonly isDeleted: boolean;
}

export interface Delivery {
  readonly to: 'guesty' | 'aircall' | 'questions';
  /** The vendor's id of this delivery: the same whenever it is sent again. */
  readonly id: string;
  readonly body: object;
}

/** Who asks, where, and what Rocket.Chat shows the product to be believed. */
export interface Asker {
  readonly token: string;
  readonly botUsername: string;
  readonly userId: string;
  readonly username: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly at: Date;
}

const BOOKINGS = 20;
const CALLS = 10;
const QUESTIONS = 5;
const TALKS = 16;
const SENT_TIMES = 2;
/** Later than any call the world itself has. */
const CALL_IDS_FROM = 920_000_000;

export function buildLoad(options: {
  readonly world: World;
  readonly round: number;
  readonly aircallToken: string;
  readonly asker: Asker;
  readonly dice: Dice;
}): Load {
  const { world, round, dice } = options;
  const bookings = world.bookings.slice(0, BOOKINGS).map(booking => ({ ...booking, id: hexId(round, booking.id) }));
  const calls = Array.from({ length: CALLS }, (_, index) => {
    const call = world.calls[index % world.calls.length];
    if (call === undefined) throw new Error('this world has no calls');
    return { ...call, id: CALL_IDS_FROM + round * CALLS + index };
  });
  const changedAt = (minutes: number): Date => new Date(world.at.getTime() - minutes * 60_000);
  const guesty = bookings.flatMap(booking => [
    reservationEvent('reservation.created.v2', booking, changedAt(20)),
    reservationEvent('reservation.updated.v2', booking, changedAt(10)),
  ]);
  const aircall = calls.flatMap(call => callEvents(call, options.aircallToken));
  const questions = Array.from({ length: QUESTIONS }, (_, index) => question(options.asker, round, index));
  const once: Delivery[] = [
    ...guesty.map(body => ({ to: 'guesty' as const, id: `msg_${hexId(round, JSON.stringify(body))}`, body })),
    ...aircall.map(body => ({ to: 'aircall' as const, id: `call_${hexId(round, JSON.stringify(body))}`, body })),
    ...questions.map(body => ({ to: 'questions' as const, id: body.message_id, body })),
  ];
  return {
    reservations: bookings.map(booking => ({
      id: booking.id,
      document: reservationDocument(booking, changedAt(10)),
    })),
    deliveries: dice.shuffle(Array.from({ length: SENT_TIMES }, () => once).flat()),
    records: [...bookings.map(({ id }) => `guesty:reservation:${id}`), ...calls.map(({ id }) => `aircall:call:${id}`)],
    events: guesty.length + aircall.length,
    talks: Array.from({ length: TALKS }, (_, index) => talk(round, index)),
    questions: questions.map(({ message_id }) => message_id),
  };
}

/** A message that mentions the bot, in the body of Rocket.Chat's outgoing webhook. */
const question = (asker: Asker, round: number, index: number) => ({
  token: asker.token,
  bot: false,
  channel_id: asker.roomId,
  channel_name: asker.roomName,
  message_id: `kill${hexId(round, `question ${index}`).slice(0, 13)}`,
  timestamp: asker.at.toISOString(),
  user_id: asker.userId,
  user_name: asker.username,
  text: `@${asker.botUsername} who is checking in today?`,
});

/** Every second one is edited, every fourth one deleted: half of those after an edit. */
const talk = (round: number, index: number): Talk => ({
  messageId: `talk${hexId(round, `talk ${index}`).slice(0, 13)}`,
  said: `the linen for basket ${index} is in the cellar`,
  edited: index % 2 === 1 ? `the linen for basket ${index} is on the second floor` : undefined,
  isDeleted: index % 8 === 2 || index % 8 === 3,
});

/** 24 hexadecimal digits, as Guesty's ids have. */
const hexId = (round: number, text: string): string =>
  createHash('sha256').update(`${round} ${text}`).digest('hex').slice(0, 24);
