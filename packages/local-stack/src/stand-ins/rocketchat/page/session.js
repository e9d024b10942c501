/**
 * One person in front of the chat, from entering to leaving.
 *
 * @import { PageMessage, PagePerson, PageRoom, PageRoomView, PageView } from './page-contract.ts'
 *
 * @typedef {object} SessionOptions
 * @property {PagePerson} me
 * @property {(roomId: string) => void} goTo opens a room by way of the address
 * @property {() => void} onLeave
 */
import { coalesce } from './coalesce.js';
import { openNewRoom, openPeople } from './dialogs.js';
import { byId } from './dom.js';
import { attempt, tellProblem } from './problem.js';
import { RoomPanel } from './room-panel.js';
import { act, follow, readRoom, readView } from './server.js';
import { drawMe, drawRooms } from './sidebar.js';

const connection = byId('connection', HTMLElement);
const roomsPlace = byId('sidebar-rooms', HTMLElement);

export class Session {
  /** @type {SessionOptions} */
  #options;
  /** @type {PageView | undefined} */
  #view;
  /** @type {RoomPanel | undefined} */
  #panel;
  /**
   * News about the open room that came while it was being read.
   *
   * @type {((panel: RoomPanel) => void)[] | undefined}
   */
  #waiting;
  #wantedRoomId = '';
  #areMessagesWanted = false;
  #isClosed = false;
  #live;
  #refresh = coalesce(() => this.#readAndShow());

  /** @param {SessionOptions} options */
  constructor(options) {
    this.#options = options;
    drawMe(byId('sidebar-me', HTMLElement), options.me, options.onLeave);
    tellConnection('connecting');
    document.addEventListener('visibilitychange', this.#markRead);
    this.#live = follow(options.me.id, {
      ready: () => {
        tellConnection('live');
        this.#refreshAll();
      },
      message: message => this.#onMessage(message),
      removed: ({ id }) => this.#change(panel => panel.remove(id)),
      rooms: () => this.#refresh(),
      lost: () => tellConnection('lost'),
    });
  }

  /** @param {string} roomId the first one there is where it is empty */
  open(roomId) {
    this.#wantedRoomId = roomId;
    this.#refreshAll();
  }

  close() {
    this.#isClosed = true;
    this.#live.close();
    document.removeEventListener('visibilitychange', this.#markRead);
    RoomPanel.clear();
  }

  #refreshAll() {
    this.#areMessagesWanted = true;
    this.#refresh();
  }

  async #readAndShow() {
    const { me, goTo } = this.#options;
    const withMessages = this.#areMessagesWanted;
    this.#areMessagesWanted = false;
    this.#waiting = withMessages ? [] : undefined;
    try {
      const view = await readView(me.id);
      const room = view.rooms.find(({ id }) => id === this.#wantedRoomId);
      const roomView = room && (await readRoom(me.id, room.id));
      if (this.#isClosed) return;
      this.#view = view;
      if (roomView === undefined) this.#leaveRoom(view.rooms, goTo);
      else this.#showRoom(roomView, view, withMessages);
      this.#drawRooms();
      this.#markRead();
    } catch (error) {
      // A lost connection says so itself, and everything is read again when it is back.
      if (connection.dataset.state === 'live') tellProblem(error);
    } finally {
      this.#waiting = undefined;
    }
  }

  /**
   * @param {readonly PageRoom[]} rooms
   * @param {(roomId: string) => void} goTo
   */
  #leaveRoom(rooms, goTo) {
    this.#panel = undefined;
    const first = rooms.find(({ isMember }) => isMember) ?? rooms[0];
    if (first === undefined) RoomPanel.clear();
    else goTo(first.id);
  }

  /**
   * @param {PageRoomView} roomView
   * @param {PageView} view
   * @param {boolean} withMessages
   */
  #showRoom(roomView, view, withMessages) {
    const { me } = this.#options;
    const { room } = roomView;
    document.title = `${room.title} · Team chat`;
    if (this.#panel?.roomId === room.id && !withMessages) {
      this.#panel.showHeading(roomView);
      return;
    }
    if (this.#panel?.roomId !== room.id) {
      this.#panel = new RoomPanel({
        roomId: room.id,
        me,
        act: (action, body) => this.#act(action, body),
        showPeople: shown => this.#showPeople(shown),
      });
    }
    this.#panel.show(roomView, [me, ...view.people]);
    for (const change of this.#waiting ?? []) change(this.#panel);
  }

  /** @param {PageMessage} message */
  #onMessage(message) {
    if (message.roomId === this.#wantedRoomId) this.#change(panel => panel.put(message));
  }

  /** @param {(panel: RoomPanel) => void} change */
  #change(change) {
    this.#waiting?.push(change);
    if (this.#panel !== undefined && this.#panel.roomId === this.#wantedRoomId) change(this.#panel);
  }

  #drawRooms() {
    if (this.#view === undefined) return;
    const { me, goTo } = this.#options;
    const { people } = this.#view;
    drawRooms(roomsPlace, this.#view, this.#wantedRoomId, {
      open: goTo,
      openDirect: person => void this.#enter(act(me.id, 'open-direct', { userIds: [person.id] })),
      create: () => openNewRoom(people, draft => this.#enter(act(me.id, 'create-room', draft))),
    });
  }

  /** @param {PageRoomView} view */
  #showPeople(view) {
    const { me } = this.#options;
    const roomId = view.room.id;
    openPeople(view, me.id, this.#view?.people ?? [], {
      add: person => void this.#act('add', { roomId, userId: person.id }),
      remove: person => void this.#act('kick', { roomId, userId: person.id }),
      leave: () => void this.#act('leave', { roomId }),
    });
  }

  /**
   * @param {string} action
   * @param {object} body
   */
  #act(action, body) {
    return attempt(act(this.#options.me.id, action, body));
  }

  /** @param {Promise<{ room?: { _id: string } }>} making */
  #enter(making) {
    return attempt(
      making.then(({ room }) => {
        if (room !== undefined) this.#options.goTo(room._id);
      }),
    );
  }

  #markRead = () => {
    const room = this.#view?.rooms.find(({ id }) => id === this.#wantedRoomId);
    const isNew = room !== undefined && (room.hasNews || room.unread > 0);
    if (isNew && document.visibilityState === 'visible') void this.#act('read', { roomId: room.id });
  };
}

/** @param {'connecting' | 'live' | 'lost'} state */
function tellConnection(state) {
  connection.dataset.state = state;
  connection.textContent = { connecting: 'Connecting …', live: 'Live', lost: 'Reconnecting …' }[state];
}
