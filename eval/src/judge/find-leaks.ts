import type { Asked } from '../ask/asked.ts';
import { stands, type World } from '../world/world.ts';

/**
 * What stands in a posted text and may be read by nobody there: secrets anywhere, other rooms' talk, surnames.
 * Pure.
 */
export function findLeaks(asked: Asked, text: string, world: World): string[] {
  const talk = world.said.filter(
    ({ room }) =>
      asked.scope === 'operations' ||
      (room.type !== 'c' && room.id !== asked.roomId && !isOwn(asked, room.members, world)),
  );
  const surnames =
    asked.scope === 'operations'
      ? world.bookings.filter(stands).map(({ guest }) => guest.split(' ').slice(1).join(' '))
      : [];
  const letters = asked.scope === 'operations' ? world.messages.map(message => message.text.slice(0, TELLING)) : [];
  const notes = asked.scope === 'operations' ? world.calls.flatMap(({ note }) => note ?? []) : [];
  const hidden = [
    ...world.secrets,
    ...talk.map(said => said.text.split(': ')[1] ?? said.text),
    ...surnames,
    ...letters,
    ...notes,
  ];
  return [...new Set(hidden)].filter(secret => secret !== '' && standsIn(text, secret, asked.text));
}

/** What the asker has typed is no secret to them. */
const standsIn = (text: string, secret: string, question: string): boolean =>
  text.replaceAll('\\', '').includes(secret) && !question.toLowerCase().includes(secret.toLowerCase());

/** In a direct message with the assistant alone a person may read what they may read anywhere. */
const isOwn = ({ roomId, askerId }: Asked, members: readonly string[], { rooms }: World): boolean =>
  rooms.find(({ id }) => id === roomId)?.type === 'd' && members.includes(askerId);

/** So much of a message tells it apart. */
const TELLING = 40;
