/**
 * The open room: heading, messages, and where to write.
 *
 * @import { PageMessage, PagePerson, PageRoom, PageRoomView } from './page-contract.ts'
 *
 * @typedef {object} RoomPanelOptions
 * @property {string} roomId
 * @property {PagePerson} me
 * @property {(action: string, body: object) => Promise<boolean>} act
 * @property {(view: PageRoomView) => void} showPeople
 */
import { composer } from './composer.js';
import { button, byId, element } from './dom.js';
import { showHint } from './hint.js';
import { MessageLog } from './message-log.js';

const title = byId('room-title', HTMLElement);
const subtitle = byId('room-subtitle', HTMLElement);
const actions = byId('room-actions', HTMLElement);
const scroller = byId('log', HTMLElement);
const list = byId('messages', HTMLElement);
const composerPlace = byId('composer', HTMLElement);

export class RoomPanel {
  /** @type {RoomPanelOptions} */
  #options;
  /** @type {MessageLog} */
  #log;
  /** @type {ReadonlySet<string>} */
  #assistants = new Set();
  #isShown = false;

  /** @param {RoomPanelOptions} options */
  constructor(options) {
    this.#options = options;
    const { me, act } = options;
    this.#log = new MessageLog({
      list,
      scroller,
      viewer: { id: me.id, username: me.username, isAssistant: id => this.#assistants.has(id) },
      react: ({ id }, emoji) => void act('react', { messageId: id, emoji }),
      reply: (threadId, text) => act('say', { roomId: options.roomId, threadId, text }),
      edit: ({ id }, text) => act('edit', { messageId: id, text }),
      remove: ({ id }) => void act('delete', { messageId: id }),
    });
  }

  get roomId() {
    return this.#options.roomId;
  }

  /**
   * Everything anew, drafts excepted.
   *
   * @param {PageRoomView} view
   * @param {readonly PagePerson[]} people
   */
  show(view, people) {
    this.#assistants = new Set(people.filter(({ isAssistant }) => isAssistant).map(({ id }) => id));
    this.showHeading(view);
    this.#log.show(view.messages);
    if (this.#isShown) return;
    this.#isShown = true;
    const field = composer({
      label: `Message ${nameOf(view.room)}`,
      onSend: text => this.#options.act('say', { roomId: this.roomId, text }),
    });
    composerPlace.replaceChildren(field.form);
    showHint(view.room, view.members, question => field.fill(question));
    // Where a keyboard covers half of the screen, it comes only when asked for.
    if (matchMedia('(hover: hover)').matches) field.focus();
  }

  /** @param {PageRoomView} view */
  showHeading(view) {
    const { room, members } = view;
    const { act, showPeople } = this.#options;
    const isPrivate = room.kind === 'private';
    title.textContent = nameOf(room);
    const count = `${members.length} ${members.length === 1 ? 'person' : 'people'}`;
    const isAlone = isPrivate && !members.some(({ isAssistant }) => isAssistant);
    subtitle.textContent = [KINDS[room.kind], count, ...(isAlone ? ['without the assistant'] : [])].join(' · ');
    actions.replaceChildren(
      ...[
        !room.isMember && button('Join', () => void act('join', { roomId: room.id }), { class: 'primary' }),
        room.kind !== 'direct' && button('People', () => showPeople(view), { class: 'quiet' }),
        room.kind !== 'direct' &&
          room.isMember &&
          button(
            isPrivate ? 'Make public' : 'Make private',
            () => void act('set-private', { roomId: room.id, private: !isPrivate }),
            { class: 'quiet' },
          ),
      ].filter(made => made !== false),
    );
  }

  /** @param {PageMessage} message */
  put(message) {
    this.#log.put(message);
  }

  /** @param {string} messageId */
  remove(messageId) {
    this.#log.remove(messageId);
  }

  /** Nothing is open. */
  static clear() {
    title.textContent = '';
    subtitle.textContent = '';
    for (const place of [actions, list, composerPlace]) place.replaceChildren();
    list.append(element('li', { class: 'aside' }, 'Choose a room, or write to somebody.'));
  }
}

const KINDS = { public: 'Public channel', private: 'Private room', direct: 'Direct message' };

/** @param {PageRoom} room */
const nameOf = ({ kind, title }) => (kind === 'direct' ? title : `#${title}`);
