import * as z from 'zod';
import { LIST_LENGTH_MAX, listOf, name } from './document-fields.ts';

/** Rocket.Chat's names of both thumbs, with any of the five skin tones. */
const UP = /^:(?:thumbsup|\+1)(?:_tone[1-5])?:$/u;
const DOWN = /^:(?:thumbsdown|-1)(?:_tone[1-5])?:$/u;

/** Usernames, each once, whichever skin tone they chose. */
const usernames = z
  .array(z.object({ usernames: listOf(name) }))
  .transform(reactions => [...new Set(reactions.flatMap(reaction => reaction.usernames))].slice(0, LIST_LENGTH_MAX));

/** What people think of a message, from its `reactions`. Only thumbs are read: others may be of any shape. Pure. */
export const Reactions = z.preprocess(byThumb, z.object({ up: usernames, down: usernames }));

function byThumb(reactions: unknown): unknown {
  if (reactions === undefined || reactions === null) return { up: [], down: [] };
  // An object; or an empty list, which a deletion leaves.
  if (typeof reactions !== 'object') return reactions;
  const entries: [string, unknown][] = Object.entries(reactions);
  const ofEmoji = (wanted: RegExp) => entries.filter(([emoji]) => wanted.test(emoji)).map(([, reaction]) => reaction);
  return { up: ofEmoji(UP), down: ofEmoji(DOWN) };
}
