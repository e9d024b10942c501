/**
 * The two dialogs: a new room, and the people of a room.
 *
 * @import { PagePerson, PageRoomView } from './page-contract.ts'
 */
import { button, byId, element } from './dom.js';
import { avatar } from './person-view.js';

/**
 * @param {readonly PagePerson[]} people whom to ask in
 * @param {(room: { name: string, private: boolean, userIds: string[] }) => Promise<boolean>} onCreate
 */
export function openNewRoom(people, onCreate) {
  const name = element('input', {
    required: true,
    maxlength: 80,
    placeholder: 'front-desk',
    autocomplete: 'off',
    pattern: '[\\p{L}\\p{N} ._\\-]+',
    title: 'Letters, digits, dots and dashes',
  });
  const isPrivate = element('input', { type: 'checkbox', checked: true });
  const boxes = people.map(person => ({
    person,
    box: element('input', { type: 'checkbox', checked: person.isAssistant }),
  }));
  const form = element(
    'form',
    {},
    element('label', { class: 'field' }, 'Name', name),
    element('label', { class: 'check' }, isPrivate, 'Private: only the people in it can read it'),
    element(
      'fieldset',
      {},
      element('legend', {}, 'People'),
      ...boxes.map(({ person, box }) =>
        element('label', { class: 'check' }, box, avatar(person, person.isAssistant), person.name),
      ),
    ),
    element(
      'div',
      { class: 'row end' },
      button('Cancel', close, { class: 'quiet' }),
      element('button', { type: 'submit', class: 'primary' }, 'Create'),
    ),
  );
  form.addEventListener('submit', event => {
    event.preventDefault();
    const userIds = boxes.filter(({ box }) => box.checked).map(({ person }) => person.id);
    // Names of rooms are also links: no spaces.
    const draft = { name: name.value.trim().replace(/\s+/gu, '-'), private: isPrivate.checked, userIds };
    void onCreate(draft).then(isMade => isMade && close());
  });
  open('New room', form);
}

/**
 * @param {PageRoomView} view
 * @param {string} me
 * @param {readonly PagePerson[]} people
 * @param {{ add(person: PagePerson): void, remove(person: PagePerson): void, leave(): void }} handlers called once it is closed
 */
export function openPeople({ room, members }, me, people, handlers) {
  const outside = people.filter(person => !members.some(({ id }) => id === person.id));
  /** @param {PagePerson} person */
  const memberRow = person =>
    element(
      'li',
      { class: 'row' },
      avatar(person, person.isAssistant),
      element('span', { class: 'title' }, person.id === me ? `${person.name} (you)` : person.name),
      room.isMember &&
        (person.id === me
          ? button(
              'Leave',
              closing(() => handlers.leave()),
              { class: 'quiet' },
            )
          : button(
              'Remove',
              closing(() => handlers.remove(person)),
              { class: 'quiet', 'aria-label': `Remove ${person.name}` },
            )),
    );
  /** @param {PagePerson} person */
  const outsideRow = person =>
    element(
      'li',
      { class: 'row' },
      avatar(person, person.isAssistant),
      element('span', { class: 'title' }, person.name),
      button(
        'Add',
        closing(() => handlers.add(person)),
        { class: 'quiet', 'aria-label': `Add ${person.name}` },
      ),
    );
  open(
    `People in ${room.title}`,
    element('ul', { class: 'people' }, ...members.map(memberRow)),
    room.isMember && outside.length > 0 && element('h3', {}, 'Not in this room'),
    room.isMember && outside.length > 0 && element('ul', { class: 'people' }, ...outside.map(outsideRow)),
    element('div', { class: 'row end' }, button('Close', close, { class: 'quiet' })),
  );
}

const dialog = byId('dialog', HTMLDialogElement);

/**
 * @param {string} title
 * @param {...(Node | false)} content
 */
function open(title, ...content) {
  const heading = element('h2', { id: 'dialog-title' }, title);
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.replaceChildren(heading, ...content.filter(node => node !== false));
  dialog.showModal();
}

const close = () => dialog.close();

/** @param {() => void} handle */
const closing = handle => () => {
  close();
  handle();
};
