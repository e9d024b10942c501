/**
 * One message as an element.
 *
 * @import { PageMessage } from './page-contract.ts'
 *
 * @typedef {object} MessageHandlers
 * @property {(message: PageMessage, emoji: string) => void} react
 * @property {(message: PageMessage) => void} reply
 * @property {(message: PageMessage) => void} edit
 * @property {(message: PageMessage) => void} remove
 *
 * @typedef {object} Viewer
 * @property {string} id
 * @property {string} username
 * @property {(userId: string) => boolean} isAssistant
 */
import { button, element, icon } from './dom.js';
import { EMOJI, renderMarkdown } from './markdown.js';
import { noticeWords } from './notices.js';
import { avatar } from './person-view.js';

/**
 * @param {PageMessage} message
 * @param {Viewer} viewer
 * @param {MessageHandlers} handlers
 */
export function messageElement(message, viewer, handlers) {
  if (message.notice === 'rm') return removedElement(message, viewer);
  if (message.notice !== undefined) {
    return element('article', { class: 'notice' }, element('p', {}, noticeWords(message), ' ', time(message.at)));
  }
  const isAssistant = viewer.isAssistant(message.author.id);
  return element(
    'article',
    { class: isAssistant ? 'message by-assistant' : 'message', tabindex: -1 },
    avatar(message.author, isAssistant),
    element(
      'div',
      { class: 'content' },
      element(
        'header',
        {},
        element('span', { class: 'author' }, message.author.name),
        isAssistant && element('span', { class: 'badge' }, 'assistant'),
        time(message.at),
        message.editedAt !== undefined && element('span', { class: 'aside' }, 'edited'),
        message.isPinned && element('span', { class: 'aside' }, 'pinned'),
      ),
      element('div', { class: 'text' }, ...renderMarkdown(message.markdown, message.text)),
      reactions(message, viewer, handlers),
    ),
    actions(message, viewer, handlers),
  );
}

/**
 * @param {PageMessage} message
 * @param {Viewer} viewer
 */
const removedElement = (message, viewer) =>
  element(
    'article',
    { class: 'message removed' },
    avatar(message.author, viewer.isAssistant(message.author.id)),
    element('div', { class: 'content' }, element('p', {}, `${message.author.name} deleted this message.`)),
  );

/** What the assistant learns from. */
const THUMBS = /** @type {const} */ ([
  { emoji: ':thumbsup:', shape: 'thumbs-up', label: 'Thumbs up' },
  { emoji: ':thumbsdown:', shape: 'thumbs-down', label: 'Thumbs down' },
]);

/**
 * @param {PageMessage} message
 * @param {Viewer} viewer
 * @param {MessageHandlers} handlers
 */
function reactions(message, viewer, handlers) {
  const given = Object.entries(message.reactions);
  if (given.length === 0) return undefined;
  const chips = given.map(([code, usernames]) => {
    const isMine = usernames.includes(viewer.username);
    const thumb = THUMBS.find(({ emoji }) => emoji === code);
    const symbol = thumb === undefined ? (EMOJI[code.replaceAll(':', '')] ?? code) : icon(thumb.shape);
    const label = `${thumb?.label ?? code.replaceAll(':', '')} by ${usernames.join(', ')}`;
    const shown = element('span', {}, symbol, ` ${usernames.length}`);
    return button(shown, () => handlers.react(message, code), {
      class: 'chip',
      title: label,
      'aria-label': label,
      'aria-pressed': String(isMine),
    });
  });
  return element('div', { class: 'reactions' }, ...chips);
}

/**
 * @param {PageMessage} message
 * @param {Viewer} viewer
 * @param {MessageHandlers} handlers
 */
function actions(message, viewer, handlers) {
  const isMine = message.author.id === viewer.id;
  return element(
    'div',
    { class: 'actions', role: 'group', 'aria-label': 'Actions' },
    ...THUMBS.map(({ emoji, shape, label }) =>
      button(icon(shape), () => handlers.react(message, emoji), { 'aria-label': label, title: label }),
    ),
    button('Reply', () => handlers.reply(message)),
    isMine && button('Edit', () => handlers.edit(message)),
    isMine && deleteButton(() => handlers.remove(message)),
  );
}

/**
 * Asks once more, in place, and forgets it when the focus goes elsewhere.
 *
 * @param {() => void} remove
 */
function deleteButton(remove) {
  const made = button('Delete', () => {
    if (made.classList.contains('danger')) remove();
    made.classList.add('danger');
    made.textContent = 'Really delete?';
  });
  made.addEventListener('blur', () => {
    made.classList.remove('danger');
    made.textContent = 'Delete';
  });
  return made;
}

/** @param {string} at */
function time(at) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const shown = date.toLocaleString([], isToday ? TIME : { ...TIME, day: 'numeric', month: 'short' });
  return element('time', { datetime: at, title: date.toLocaleString() }, shown);
}

/** @type {Intl.DateTimeFormatOptions} */
const TIME = { hour: '2-digit', minute: '2-digit' };
