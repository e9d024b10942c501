/** @import { PagePerson, PageRoom } from './page-contract.ts' */
import { button, byId, element } from './dom.js';

const QUESTION = 'who is checking in today?';
const CLOSED_KEY = 'innkeeper-hint-closed';

const place = byId('hint', HTMLElement);

/**
 * One line on what to try, until somebody has hidden it.
 *
 * @param {PageRoom} room
 * @param {readonly PagePerson[]} members
 * @param {(question: string) => void} onUse
 */
export function showHint(room, members, onUse) {
  const assistant = members.find(({ isAssistant }) => isAssistant);
  const isWanted = assistant !== undefined && localStorage.getItem(CLOSED_KEY) === null;
  place.hidden = !isWanted;
  if (!isWanted) return;
  const question = room.kind === 'direct' ? QUESTION : `@${assistant.username} ${QUESTION}`;
  const hide = () => {
    localStorage.setItem(CLOSED_KEY, 'yes');
    place.hidden = true;
  };
  place.replaceChildren(
    element('p', {}, 'Try it: ask ', element('q', {}, question)),
    button('Ask this', () => onUse(question), { class: 'quiet' }),
    button('✕', hide, { class: 'quiet', 'aria-label': 'Hide this hint' }),
  );
}
