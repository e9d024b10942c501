/**
 * The server as the page sees it. Everything rejects with an `Error` whose message can be shown.
 *
 * @import { PageEvents, PagePerson, PageRoom, PageRoomView, PageView } from './page-contract.ts'
 */

/** @returns {Promise<PagePerson[]>} */
export const readPeople = () => request('/page/people');

/**
 * @param {string} name
 * @returns {Promise<PagePerson>}
 */
export const createPerson = name => request('/page/people', { name });

/**
 * @param {string} me
 * @returns {Promise<PageView>}
 */
export const readView = me => request(`/page/as/${encodeURIComponent(me)}`);

/**
 * @param {string} me
 * @param {string} roomId
 * @returns {Promise<PageRoomView>}
 */
export const readRoom = (me, roomId) =>
  request(`/page/as/${encodeURIComponent(me)}/rooms/${encodeURIComponent(roomId)}`);

/**
 * @param {string} me
 * @param {string} action
 * @param {object} body
 * @returns {Promise<{ room?: { _id: string } }>}
 */
export const act = (me, action, body) => request(`/_control/as/${encodeURIComponent(me)}/${action}`, body);

/**
 * Calls back for every event until closed, and comes back by itself after whatever cut the connection.
 *
 * @param {string} me
 * @param {LiveHandlers} handlers
 * @returns {{ close(): void }}
 *
 * @typedef {object} LiveHandlers
 * @property {() => void} ready nothing that is read from now on can be missed
 * @property {(message: PageEvents['message']) => void} message
 * @property {(removed: PageEvents['removed']) => void} removed
 * @property {() => void} rooms
 * @property {() => void} lost
 */
export function follow(me, { ready, message, removed, rooms, lost }) {
  let timer = 0;
  const open = () => {
    const opened = new EventSource(`/page/as/${encodeURIComponent(me)}/live`);
    opened.addEventListener('ready', ready);
    opened.addEventListener('rooms', rooms);
    opened.addEventListener('message', ({ data }) => message(/** @type {PageEvents['message']} */ (parse(data))));
    opened.addEventListener('removed', ({ data }) => removed(/** @type {PageEvents['removed']} */ (parse(data))));
    opened.addEventListener('error', () => {
      lost();
      // A browser comes back to a server that was away, and gives up on one that answers with a failure.
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(() => (source = open()), REOPEN_MS);
    });
    return opened;
  };
  let source = open();
  return {
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}

const REOPEN_MS = 1500;

/**
 * @param {unknown} json
 * @returns {unknown}
 */
const parse = json => JSON.parse(String(json));

/**
 * @template T
 * @param {string} path
 * @param {object} [body] makes it a POST
 * @returns {Promise<T>}
 */
async function request(path, body) {
  const response = await fetch(path, body && { method: 'POST', body: JSON.stringify(body) }).catch(() => {
    throw new Error('The server cannot be reached.');
  });
  /** @type {unknown} */
  const json = await response.json().catch(() => ({}));
  if (response.ok) return /** @type {T} */ (json);
  const { error = '', errorType = error } = /** @type {{ errorType?: string, error?: string }} */ (json);
  throw new Error(REFUSALS[errorType] ?? (error || `The server answered ${response.status}.`));
}

/** @type {Record<string, string | undefined>} */
const REFUSALS = {
  'error-not-allowed': 'You may not do that here.',
  'error-action-not-allowed': 'Only the author may do that.',
  'error-message-size-exceeded': 'A message has at most 5000 characters.',
  'error-duplicate-channel-name': 'There is a room of that name.',
  'error-invalid-room': 'You are not in that room.',
  'error-message-not-found': 'That message is gone.',
  room_is_archived: 'This room is archived.',
};
