import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { flag, listOf, name, optionalName, readFields } from './document-fields.ts';
import type { Meaning } from './meaning.ts';

/** `users`: who may still read anything. Hashes and tokens (`services`) are in the document and never read. Pure. */
const User = z.object({
  /** Rocket.Chat lets in only who is marked as active. */
  active: flag,
  username: optionalName,
  roles: listOf(name).nullish(),
});
const FOLLOWED_FIELDS = Object.keys(User.shape);

export function interpretUser(change: SourceChange, userId: string): Meaning {
  const { document, touched, version, origin } = change;
  // Each login and every change of presence touches the user.
  if (touched !== undefined && !FOLLOWED_FIELDS.some(field => touched.has(field))) {
    return { kind: 'ignored', reason: 'fields_not_followed' };
  }
  const read = readFields(User, document);
  if (!read.ok) return read.parked;
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
