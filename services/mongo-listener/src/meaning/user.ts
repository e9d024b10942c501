import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { flag, listOf, name, optionalName, readFollowed } from './document-fields.ts';
import type { Meaning } from './meaning.ts';

/** `users`: who may still read anything. Hashes and tokens (`services`) are in the document and never read. Pure. */
const User = z.object({
  /** Rocket.Chat lets in only who is marked as active. */
  active: flag,
  username: optionalName,
  roles: listOf(name).nullish(),
});

export function interpretUser(change: SourceChange, userId: string): Meaning {
  const { version, origin } = change;
  // Each login and every change of presence touches the user.
  const read = readFollowed(User, change);
  if (!read.ok) return read.meaning;
  const { active, username, roles } = read.value;
  return {
    kind: 'change',
    change: {
      v: 1,
      version,
      origin,
      kind: 'user',
      userId,
      ...(username === undefined ? {} : { username }),
      active,
      roles: roles ?? [],
    },
  };
}
