/**
 * Who I am, the rooms I may read, and everybody I can write to.
 *
 * @import { PagePerson, PageRoom, PageView } from './page-contract.ts'
 *
 * @typedef {object} SidebarHandlers
 * @property {(roomId: string) => void} open
 * @property {(person: PagePerson) => void} openDirect
 * @property {() => void} create
 */
import { button, element, icon } from './dom.js';
import { avatar } from './person-view.js';

/**
 * @param {HTMLElement} place
 * @param {PagePerson} me
 * @param {() => void} onSwitch
 */
export function drawMe(place, me, onSwitch) {
  place.replaceChildren(
    avatar(me, false),
    element('span', { class: 'name' }, me.name),
    button('Switch', onSwitch, { class: 'quiet', 'aria-label': 'Be somebody else' }),
  );
}

/**
 * @param {HTMLElement} place
 * @param {PageView} view
 * @param {string | undefined} openRoomId
 * @param {SidebarHandlers} handlers
 */
export function drawRooms(place, view, openRoomId, handlers) {
  const focusedKey = place.contains(document.activeElement) ? document.activeElement?.getAttribute('data-key') : null;
  /** @param {PageRoom['kind']} kind */
  const roomsOf = kind => view.rooms.filter(room => room.kind === kind && !room.isArchived);
  /** @param {PageRoom} room */
  const roomEntry = room => entry(room.title, () => handlers.open(room.id), { room, openRoomId });

  const partners = roomsOf('direct').map(room => ({
    room,
    person: view.people.find(({ name }) => name === room.title),
  }));
  const met = new Set(partners.map(({ person }) => person?.id));
  const newRoom = { class: 'quiet', 'aria-label': 'New room', title: 'New room', 'data-key': 'new-room' };

  place.replaceChildren(
    section(
      'Channels',
      roomsOf('public').map(roomEntry),
      button('+', () => handlers.create(), newRoom),
    ),
    section('Private rooms', roomsOf('private').map(roomEntry)),
    section('Direct messages', [
      ...partners.map(({ room, person }) =>
        entry(room.title, () => handlers.open(room.id), { room, openRoomId, person }),
      ),
      ...view.people
        .filter(({ id }) => !met.has(id))
        .map(person => entry(person.name, () => handlers.openDirect(person), { person })),
    ]),
  );
  const focused = [...place.querySelectorAll('button')].find(found => found.dataset.key === focusedKey);
  if (focusedKey !== null) focused?.focus();
}

/**
 * @param {string} title
 * @param {readonly HTMLElement[]} entries
 * @param {HTMLElement} [beside]
 */
const section = (title, entries, beside) =>
  element(
    'section',
    { class: 'section' },
    element('header', {}, element('h2', {}, title), beside),
    entries.length === 0
      ? element('p', { class: 'aside' }, 'none yet')
      : element('ul', {}, ...entries.map(made => element('li', {}, made))),
  );

/**
 * @param {string} title
 * @param {() => void} onOpen
 * @param {{ room?: PageRoom, openRoomId?: string | undefined, person?: PagePerson | undefined }} about
 */
function entry(title, onOpen, { room, openRoomId, person }) {
  const isOpen = room !== undefined && room.id === openRoomId;
  const unread = isOpen ? 0 : (room?.unread ?? 0);
  const isNews = !isOpen && (room?.hasNews ?? false);
  const made = element(
    'button',
    {
      type: 'button',
      class: isNews ? 'entry news' : 'entry',
      'aria-current': isOpen && 'page',
      'data-key': room?.id ?? person?.id,
    },
    person === undefined
      ? element('span', { class: 'sign', 'aria-hidden': 'true' }, room?.kind === 'private' ? icon('lock') : '#')
      : avatar(person, person.isAssistant),
    element('span', { class: 'title' }, title),
    unread > 0 &&
      element('span', { class: 'unread' }, String(unread), element('span', { class: 'visually-hidden' }, ' unread')),
  );
  made.addEventListener('click', onOpen);
  return made;
}
