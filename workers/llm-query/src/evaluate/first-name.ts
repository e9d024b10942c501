/**
 * The first name in a name as platforms, guests and colleagues write it ("Larsen, Mia", "Mia.Larsen"): what a room may
 * see that is not told surnames. A single word is taken for one. Pure.
 */
export function firstNameOf(name: string): string {
  const [before = '', after = ''] = name.split(',');
  return FIRST_WORD.exec(after)?.[0] ?? FIRST_WORD.exec(before)?.[0] ?? 'guest';
}

const FIRST_WORD = /\p{L}[\p{L}\p{M}'’-]*/u;
