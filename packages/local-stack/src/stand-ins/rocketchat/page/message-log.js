/**
 * The messages of one room, each thread under the message that opened it. A message has one element for as long as it is
 * there, so that what somebody is writing under it or in it is not disturbed by news.
 *
 * @import { PageMessage } from './page-contract.ts'
 * @import { MessageHandlers, Viewer } from './message-view.js'
 *
 * @typedef {object} Row
 * @property {PageMessage} message
 * @property {HTMLLIElement} item
 * @property {HTMLElement} place holds the message, or the field that edits it
 * @property {HTMLOListElement} thread
 * @property {HTMLElement} replyPlace
 * @property {boolean} isEdited
 *
 * @typedef {object} LogOptions
 * @property {HTMLElement} list
 * @property {HTMLElement} scroller what the list scrolls in
 * @property {Viewer} viewer
 * @property {(message: PageMessage, emoji: string) => void} react
 * @property {(threadId: string, text: string) => Promise<boolean>} reply
 * @property {(message: PageMessage, text: string) => Promise<boolean>} edit
 * @property {(message: PageMessage) => void} remove
 */
import { composer } from './composer.js';
import { element } from './dom.js';
import { messageElement } from './message-view.js';

/** So near the end, somebody reads the newest messages and wants to see the next. */
const NEAR_END_PX = 120;

export class MessageLog {
  /** @type {LogOptions} */
  #options;
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /** @param {LogOptions} options */
  constructor(options) {
    this.#options = options;
    options.list.replaceChildren();
  }

  /** @param {readonly PageMessage[]} messages */
  show(messages) {
    const known = new Set(messages.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!known.has(id)) this.remove(id);
    for (const message of messages) if (message.threadId === undefined) this.#put(message);
    for (const message of messages) if (message.threadId !== undefined) this.#put(message);
    this.#scrollToEnd();
  }

  /** @param {PageMessage} message */
  put(message) {
    const { scroller, viewer } = this.#options;
    const isNew = !this.#rows.has(message.id);
    const follows = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END_PX;
    const row = this.#put(message);
    if (!isNew) return;
    const opener = message.threadId === undefined ? undefined : this.#rows.get(message.threadId);
    const isMine = message.author.id === viewer.id || opener?.message.author.id === viewer.id;
    if (follows && opener === undefined) this.#scrollToEnd();
    else if (follows || isMine)
      (opener?.replyPlace.hasChildNodes() ? opener.replyPlace : row.item).scrollIntoView({ block: 'nearest' });
  }

  /** @param {string} id */
  remove(id) {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    // Replies whose thread is gone stand alone.
    for (const reply of [...row.thread.children]) row.item.after(reply);
    row.item.remove();
  }

  /** @param {PageMessage} message */
  #put(message) {
    const known = this.#rows.get(message.id);
    if (known !== undefined) {
      known.message = message;
      if (!known.isEdited || message.notice !== undefined) this.#draw(known);
      return known;
    }
    const row = this.#newRow(message);
    this.#rows.set(message.id, row);
    const opener = message.threadId === undefined ? undefined : this.#rows.get(message.threadId);
    this.#insert(opener?.thread ?? this.#options.list, row);
    this.#draw(row);
    return row;
  }

  /**
   * @param {PageMessage} message
   * @returns {Row}
   */
  #newRow(message) {
    const place = element('div');
    const thread = element('ol', { class: 'thread', 'aria-label': 'Replies' });
    const replyPlace = element('div', { class: 'reply-place' });
    const item = element('li', { 'data-id': message.id, 'data-at': message.at }, place, thread, replyPlace);
    return { message, item, place, thread, replyPlace, isEdited: false };
  }

  /**
   * By time; what came at the same moment stays in the order of coming.
   *
   * @param {HTMLElement} list
   * @param {Row} row
   */
  #insert(list, row) {
    let before = list.lastElementChild;
    while (before instanceof HTMLElement && (before.dataset.at ?? '') > row.message.at)
      before = before.previousElementSibling;
    if (before === null) list.prepend(row.item);
    else before.after(row.item);
  }

  /** @param {Row} row */
  #draw(row) {
    row.isEdited = false;
    const { viewer, react, remove } = this.#options;
    const handlers = { react, remove, reply: () => this.#openReply(row), edit: () => this.#openEdit(row) };
    row.place.replaceChildren(messageElement(row.message, viewer, handlers));
  }

  /** @param {Row} row */
  #openReply(row) {
    const threadId = row.message.threadId ?? row.message.id;
    const opener = this.#rows.get(threadId) ?? row;
    for (const { replyPlace } of this.#rows.values()) {
      if (replyPlace.querySelector('textarea')?.value === '') replyPlace.replaceChildren();
    }
    const close = () => opener.replyPlace.replaceChildren();
    const field = composer({
      label: `Reply to ${opener.message.author.name}`,
      sendLabel: 'Reply',
      onSend: text => this.#options.reply(threadId, text),
      onCancel: close,
    });
    opener.replyPlace.replaceChildren(field.form);
    field.focus();
    field.form.scrollIntoView({ block: 'nearest' });
  }

  /** @param {Row} row */
  #openEdit(row) {
    const { edit } = this.#options;
    const leave = () => {
      this.#draw(row);
      row.place.querySelector('article')?.focus();
    };
    const field = composer({
      label: 'Edit message',
      text: row.message.text,
      sendLabel: 'Save',
      async onSend(text) {
        const isTaken = text === row.message.text || (await edit(row.message, text));
        if (isTaken) leave();
        return isTaken;
      },
      onCancel: leave,
    });
    row.isEdited = true;
    row.place.replaceChildren(field.form);
    field.focus();
  }

  #scrollToEnd() {
    this.#options.scroller.scrollTop = this.#options.scroller.scrollHeight;
  }
}
