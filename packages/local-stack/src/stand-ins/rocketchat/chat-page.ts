import type { ChatRoom, StoredMessage } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';

/** A page to look at: every room with its newest messages, replies under the message they belong to. Reloads itself. */
const MESSAGES_SHOWN = 200;

export function chatPage(store: ChatStore): string {
  const rooms = store
    .rooms()
    .map(room => ({
      room,
      messages: store.messages({ roomId: room._id, offset: 0, count: MESSAGES_SHOWN }).toReversed(),
    }))
    .filter(({ messages }) => messages.length > 0);
  const body = rooms.length === 0 ? '<p>Nobody has written anything yet.</p>' : rooms.map(roomSection).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="5">
<title>Team chat (stand-in)</title><style>${STYLE}</style><h1>Team chat <small>stand-in for Rocket.Chat</small></h1>${body}`;
}

const STYLE = `
body { font: 16px/1.45 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1f2329 }
h1 small { font-size: .9rem; font-weight: normal; color: #6c737a }
section { border: 1px solid #e2e5e8; border-radius: .5rem; padding: .25rem 1rem 1rem; margin: 1rem 0 }
article { margin-top: .75rem } article.reply { margin-left: 2rem; padding-left: .75rem; border-left: 3px solid #cbd5e1 }
header { font-size: .85rem; color: #6c737a } header b { color: #1f2329 }
p { margin: .1rem 0; white-space: pre-wrap; overflow-wrap: anywhere }`;

function roomSection({ room, messages }: { room: ChatRoom; messages: readonly StoredMessage[] }): string {
  const roots = messages.filter(({ tmid }) => tmid === undefined || !messages.some(({ _id }) => _id === tmid));
  const threads = roots.map(root => [root, ...messages.filter(({ tmid }) => tmid === root._id)]);
  return `<section><h2>${escape(titleOf(room))}</h2>${threads.flat().map(messageArticle).join('')}</section>`;
}

function titleOf({ t, name, usernames, _id }: ChatRoom): string {
  if (t === 'd') return (usernames ?? ['direct message']).join(' and ');
  return `#${name ?? _id}`;
}

function messageArticle({ msg, u, ts, tmid, editedAt }: StoredMessage): string {
  const kind = tmid === undefined ? '' : ' class="reply"';
  const edited = editedAt === undefined ? '' : ' (edited)';
  return `<article${kind}><header><b>${escape(u.username)}</b> ${escape(ts)}${edited}</header><p>${escape(msg)}</p></article>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string => text.replace(/[&<>"]/gu, character => ENTITIES[character] ?? character);
