import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeStream, ChangeStreamDocument } from 'mongodb';
import { type ChatDatabase, COLLECTION_NAMES } from '../store/chat-database.ts';
import type { ChatReads } from '../store/chat-reads.ts';
import { MessageDocument, type UserDocument } from '../store/documents.ts';
import type { PageEvents } from './page-contract.ts';
import { messageView } from './page-views.ts';

/**
 * Server-sent events for the pages that are open, from one change stream which is open only as long as they are: each
 * person learns of what that person may read. After a failure the stream starts anew, and with `ready` the pages do.
 */
export interface LiveUpdates {
  /** Text of an event stream; ends when destroyed. */
  follow(viewer: UserDocument): Readable;
  /** Ends every page's connection. */
  close(): void;
}

export interface LiveUpdatesOptions {
  readonly database: Pick<ChatDatabase, 'watch'>;
  readonly reads: ChatReads;
}

interface Follower {
  readonly viewer: UserDocument;
  readonly text: PassThrough;
}

/** A page that is so far behind is better off reading everything again. */
const WAITING_BYTES_MAX = 1024 * 1024;
const RESTART_MS = 1000;
/** For the browser, how soon it comes back. */
const RECONNECT_MS = 500;
/** What every message changes in its room; no page shows it. */
const ROOM_COUNTERS = new Set(['msgs', 'lm', 'lastMessage', '_updatedAt']);

export function liveUpdates({ database, reads }: LiveUpdatesOptions): LiveUpdates {
  const followers = new Set<Follower>();
  const closing = new AbortController();
  let stream: ChangeStream | undefined;
  /** The one that was closed because nobody followed any more. */
  let left: ChangeStream | undefined;
  let running: Promise<void> | undefined;

  const handOn = async (change: ChangeStreamDocument): Promise<void> => {
    if (!('ns' in change) || !('coll' in change.ns) || !('documentKey' in change)) return;
    if (change.ns.coll === COLLECTION_NAMES.messages) return handOnMessage(change);
    for (const follower of followers) if (concerns(change, follower.viewer)) tell(follower, 'rooms', {});
  };

  const handOnMessage = async (change: DocumentChange): Promise<void> => {
    const id = String(change.documentKey._id);
    const message = MessageDocument.safeParse(documentOf(change)).data;
    if (change.operationType === 'delete' || message?._hidden === true) {
      for (const follower of followers) tell(follower, 'removed', { id });
    } else if (message !== undefined) {
      for (const follower of followers) {
        const room = await reads.readableRoom(follower.viewer, message.rid);
        if (room !== undefined) tell(follower, 'message', messageView(message));
      }
    }
  };

  const run = async (): Promise<void> => {
    while (followers.size > 0) {
      let opened: ChangeStream | undefined;
      try {
        opened = await database.watch();
        stream = opened;
        for (const follower of followers) tell(follower, 'ready', {});
        for await (const change of opened) await handOn(change);
      } catch (error) {
        const wasLeft = opened !== undefined && opened === left;
        if (followers.size > 0 && !wasLeft) {
          console.error(JSON.stringify({ standIn: 'rocketchat', event: 'live.restarted', error: String(error) }));
          await pause(RESTART_MS, undefined, { signal: closing.signal }).catch(() => undefined);
        }
      } finally {
        stream = undefined;
        await opened?.close();
      }
    }
    running = undefined;
  };

  const leave = (follower: Follower): void => {
    followers.delete(follower);
    if (followers.size > 0 || stream === undefined) return;
    left = stream;
    void left.close();
  };

  return {
    follow(viewer) {
      const follower = { viewer, text: new PassThrough({ highWaterMark: WAITING_BYTES_MAX }) };
      follower.text.write(`retry: ${RECONNECT_MS}\n\n`);
      follower.text.once('close', () => leave(follower));
      followers.add(follower);
      if (stream !== undefined) tell(follower, 'ready', {});
      running ??= run();
      return follower.text;
    },
    close() {
      closing.abort();
      for (const { text } of followers) text.destroy();
    },
  };
}

type DocumentChange = Extract<ChangeStreamDocument, { documentKey: unknown }>;

const documentOf = (change: DocumentChange): unknown => ('fullDocument' in change ? change.fullDocument : undefined);

function tell<Name extends keyof PageEvents>({ text }: Follower, name: Name, data: PageEvents[Name]): void {
  const isBehind = !text.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  if (isBehind) text.destroy();
}

/** Counters concern nobody, and what somebody has read only that person. */
function concerns(change: DocumentChange, viewer: UserDocument): boolean {
  if (change.operationType !== 'update') return true;
  if (change.ns.coll === COLLECTION_NAMES.rooms) {
    const { updatedFields = {}, removedFields = [] } = change.updateDescription;
    return [...Object.keys(updatedFields), ...removedFields].some(field => !ROOM_COUNTERS.has(field));
  }
  if (change.ns.coll !== COLLECTION_NAMES.subscriptions) return true;
  const member = documentOf(change) as { u?: { _id?: unknown } } | undefined;
  return member?.u?._id === viewer._id;
}
