/** Firestore's field path syntax. Pure. */
const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z_0-9]*$/u;

/** One field name as a segment of a path: quoted where it is not a plain identifier. */
export const fieldName = (name: string): string =>
  PLAIN_NAME.test(name) ? name : `\`${name.replace(/[\\`]/gu, character => `\\${character}`)}\``;

/** `facts.stay` as the port writes it: dots separate nested names. */
export const fieldPath = (dotted: string): string => dotted.split('.').map(fieldName).join('.');
