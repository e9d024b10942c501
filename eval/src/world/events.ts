import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import { type Day, instantOf, plusDays } from './calendar.ts';
import { PRIVATE_TOPICS, secretsOf, TOPICS } from './remarks.ts';
import {
  type Booking,
  type Call,
  type Home,
  type Message,
  type Remark,
  type Room,
  type Said,
  stands,
  type Task,
  type World,
} from './world.ts';

/** Work, talk and calls around the bookings; everything lies before now, but for work that is due later. Pure. */
export const COLLEAGUES = ['Bruno', 'Frida', 'Ines', 'Tariq'] as const;
export const ROOMS: readonly Room[] = [
  { id: 'roomFrontDesk', name: 'front-desk', type: 'c', members: ['frida', 'bruno', 'ines', 'tariq'] },
  { id: 'roomCleaning', name: 'cleaning', type: 'c', members: ['frida', 'ines', 'tariq'] },
  { id: 'roomOwners', name: 'owners', type: 'p', members: ['bruno', 'ines'] },
];

const HOUR_MS = 3_600_000;

type Events = Pick<World, 'tasks' | 'calls' | 'messages' | 'said' | 'remarks' | 'secrets'> & {
  readonly noted: ReadonlyMap<string, string>;
};

export function makeEvents(
  homes: readonly Home[],
  bookings: readonly Booking[],
  today: Day,
  nowMs: number,
  dice: Dice,
): Events {
  const near = dice.shuffle(
    bookings.filter(
      booking =>
        stands(booking) && booking.stays[0].from > plusDays(today, -12) && booking.stays[0].from < plusDays(today, 8),
    ),
  );
  // One remark a guest: who is asked about has one, so that "what did she say about it" has one answer.
  const guestOf = new Set<string>();
  const single = near.filter(
    ({ guest }) => !guestOf.has(guest) && guestOf.add(guest) && !['Maria Costa', 'Jonas Berg'].includes(guest),
  );
  const calls: Call[] = [];
  const messages: Message[] = [];
  const said: Said[] = [];
  const remarks: Remark[] = [];
  const secrets: string[] = [];
  const noted = new Map<string, string>();
  const ago = (hours: number): number => nowMs - Math.round(hours * HOUR_MS);
  const channels: Remark['in'][] = ['message', 'message', 'call', 'voicemail', 'note', 'chat', 'message'];

  for (const [index, topic] of [...TOPICS, ...dice.shuffle(TOPICS), ...PRIVATE_TOPICS].entries()) {
    const booking = single[index];
    if (booking === undefined) break;
    const channel = PRIVATE_TOPICS.includes(topic) ? 'private chat' : (channels[index % channels.length] ?? 'message');
    const { home } = booking.stays[0];
    const hidden = secretsOf(dice, index);
    const hours = dice.between(3, 60);
    const base = { topic: topic.topic, words: topic.words, in: channel, home, booking };
    if (channel === 'message') {
      secrets.push(hidden.phone, hidden.email);
      messages.push({
        id: `m-${index}`,
        booking,
        author: 'guest',
        at: ago(hours),
        text: `${topic.guest} Write to ${hidden.email} or call ${hidden.phone}.`,
      });
      remarks.push({ ...base, keys: [`guesty:guest-message:m-${index}`], by: booking.guest });
    } else if (channel === 'call' || channel === 'voicemail') {
      const isVoicemail = channel === 'voicemail';
      const agent = isVoicemail ? undefined : dice.pick(COLLEAGUES);
      calls.push({
        id: `c-${index}`,
        at: ago(hours),
        zone: homes[0]?.zone ?? 'UTC',
        from: booking.guest,
        caller: booking,
        missed: isVoicemail,
        voicemail: isVoicemail,
        ...(agent === undefined ? { said: [{ by: 'guest', text: topic.guest }] } : { agent, note: topic.team }),
      });
      remarks.push({
        ...base,
        keys: [`aircall:call:c-${index}`],
        by: booking.guest,
        ...(agent === undefined ? {} : { notedBy: agent }),
      });
    } else if (channel === 'note') {
      noted.set(booking.id, topic.team);
      remarks.push({ ...base, keys: [`guesty:reservation:${booking.id}`], by: booking.guest });
    } else {
      const room = channel === 'chat' ? dice.pick(ROOMS.slice(0, 2)) : ROOMS[2];
      const by = dice.pick(COLLEAGUES);
      if (room === undefined) continue;
      said.push({ id: `s${index}`, room, by, at: ago(hours), text: `${home.name}: ${topic.team}` });
      remarks.push({ ...base, keys: [`chat-message:s${index}`], by, room });
    }
  }
  return {
    tasks: makeTasks(bookings, today, nowMs, dice),
    calls: [...calls, ...plainCalls(homes, single, nowMs, dice), ...contradictions(homes, single, today, nowMs, dice)],
    messages: [...messages, ...replies(messages, nowMs, dice)],
    said,
    remarks,
    secrets,
    noted,
  };
}

/** Calls of today and yesterday that are about nothing: what lists of calls are made of. */
function plainCalls(homes: readonly Home[], guests: readonly Booking[], nowMs: number, dice: Dice): Call[] {
  return Array.from({ length: 14 }, (_, index): Call => {
    const missed = dice.chance(45);
    return {
      id: `c-plain-${index}`,
      at: nowMs - dice.between(10, 40 * 60) * 60_000,
      zone: homes[0]?.zone ?? 'UTC',
      ...(dice.chance(75) ? { from: dice.pick(guests).guest } : {}),
      missed,
      voicemail: missed && dice.chance(30),
      ...(missed ? {} : { agent: dice.pick(COLLEAGUES) }),
    };
  });
}

/** Guests who told on the telephone that they come at another hour than their booking says. */
function contradictions(
  homes: readonly Home[],
  guests: readonly Booking[],
  today: Day,
  nowMs: number,
  dice: Dice,
): Call[] {
  const coming = guests.filter(({ stays: [stay] }) => stay.from > today && stay.plannedIn !== undefined).slice(-4);
  return coming.map((booking, index): Call => {
    const clock = dice.pick(['11:45', '19:20', '20:40']);
    return {
      id: `c-hour-${index}`,
      at: nowMs - dice.between(2, 30) * HOUR_MS,
      zone: homes[0]?.zone ?? 'UTC',
      from: booking.guest,
      caller: booking,
      missed: false,
      voicemail: false,
      agent: dice.pick(COLLEAGUES),
      note: `Arrives at ${clock}.`,
      saysArrival: { booking, clock },
    };
  });
}

/** About half of what guests wrote has been answered. */
function replies(messages: readonly Message[], nowMs: number, dice: Dice): Message[] {
  return messages.flatMap((message): Message[] =>
    dice.chance(50)
      ? [
          {
            id: `${message.id}-reply`,
            booking: message.booking,
            author: 'host',
            at: Math.min(message.at + HOUR_MS, nowMs - 60_000),
            text: 'Thank you, we will see to it.',
          },
        ]
      : [],
  );
}

const REPAIRS = ['Fix the boiler', 'Change the lock', 'Paint the hall', 'Repair the blinds'];

/** Cleaning after most departures of these days, and some repairs. */
function makeTasks(bookings: readonly Booking[], today: Day, nowMs: number, dice: Dice): Task[] {
  const tasks: Task[] = [];
  for (const booking of bookings.filter(stands)) {
    for (const { home, to } of booking.stays) {
      if (to < plusDays(today, -3) || to > plusDays(today, 4) || !dice.chance(80)) continue;
      const dueAt = instantOf(home.zone, to, '14:00');
      const status = dueAt < nowMs && dice.chance(70) ? 'completed' : dice.chance(20) ? 'in_progress' : 'pending';
      tasks.push({ id: `t-${tasks.length}`, title: `Cleaning ${home.name}`, trade: 'cleaning', status, home, dueAt });
    }
  }
  const homes = dice.shuffle([...new Set(bookings.map(({ stays }) => stays[0].home))]).slice(0, REPAIRS.length);
  for (const [index, home] of homes.entries()) {
    tasks.push({
      id: `t-repair-${index}`,
      title: REPAIRS[index] ?? 'Repair',
      trade: 'maintenance',
      status: index === 0 ? 'completed' : 'pending',
      home,
      dueAt: instantOf(home.zone, plusDays(today, index - 1), '16:00'),
    });
  }
  return tasks;
}
