/** @import { PagePerson } from './page-contract.ts' */
import { element } from './dom.js';

/**
 * A person's picture: initials on a colour of their own, a star for the assistant. Says nothing beside the name.
 *
 * @param {Pick<PagePerson, 'name' | 'username'>} person
 * @param {boolean} isAssistant
 */
export function avatar({ name, username }, isAssistant) {
  const initials = name.split(/\s+/u).map(word => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '');
  const kind = isAssistant ? 'assistant' : `tint-${tintOf(username)}`;
  const shown = isAssistant ? '✦' : initials.slice(0, 2).join('').toUpperCase();
  return element('span', { class: `avatar ${kind}`, 'aria-hidden': 'true' }, shown);
}

const TINTS = 8;

/** @param {string} username */
function tintOf(username) {
  let sum = 5;
  for (const sign of username) sum = (sum * 33 + (sign.codePointAt(0) ?? 0)) % 1009;
  return sum % TINTS;
}
