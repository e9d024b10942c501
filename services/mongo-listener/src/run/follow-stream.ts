import { secondsOfChatVersion } from '@innkeeper/shared/contracts/chat-change';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Clock } from '../clock.ts';
import type { Meaning } from '../meaning/meaning.ts';
import type { ReachedPosition } from '../position/keep-position.ts';
import type { RunWindow } from '../publish/publish-window.ts';
import type { SourceChange } from '../source-document.ts';
import type { OpenChangeStream, StreamBatch, StreamStart } from '../stream/change-stream-reader.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';

/** What following a stream needs and tells. */
export interface FollowStreamOptions {
  readonly openStream: OpenChangeStream;
  readonly window: RunWindow;
  readonly interpret: (change: SourceChange) => Meaning;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** An answer came: the stream is alive. Everything in it is offered; after a cut it goes on behind `next`. */
  readonly onRead: (read: ReadBatch) => void;
  /** The same, once everything up to there is acknowledged. */
  readonly onReached: (read: ReadBatch) => void;
}

export interface ReadBatch {
  readonly changes: number;
  /** Absent while the last event is incomplete. */
  readonly position?: ReachedPosition;
  /** When the answer came, by the steady clock. */
  readonly atMs: number;
  /** How far what was read was behind the server then, by cluster time. */
  readonly behindMs: number;
}

/** Opens the stream and follows it until it fails or `signal` aborts; the failure says why it ended. */
export async function followStream(start: StreamStart, options: FollowStreamOptions): Promise<StreamFailure> {
  const opened = await options.openStream(start, options.signal);
  if (!opened.ok) return opened.error;
  const reader = opened.value;
  try {
    for (;;) {
      const batch = await reader.next();
      if (!batch.ok) return batch.error;
      if (options.signal.aborted) return ASKED_TO_END;
      const broken = await offerAll(batch.value, options);
      if (!broken.ok) return broken.error;
      const read = describe(batch.value, options.clock);
      options.onRead(read);
      options.window.whenAcknowledged(() => options.onReached(read));
    }
  } finally {
    await reader.close();
  }
}

/** Offers a batch in order, waiting where the window is full. Fails at an event that leaves a gap. */
async function offerAll(
  { happenings }: StreamBatch,
  { window, interpret, signal }: FollowStreamOptions,
): Promise<Result<void, StreamFailure>> {
  for (const happening of happenings) {
    let room: Promise<void> | undefined;
    switch (happening.kind) {
      case 'change':
        room = window.offer(happening.change, interpret(happening.change));
        break;
      case 'unreadable':
        room = window.offer(
          { followed: happening.followed, id: happening.id, origin: 'stream' },
          { kind: 'parked', reason: 'event_unreadable', detail: happening.fields },
        );
        break;
      case 'broken':
        return err({ kind: 'heal', reason: happening.reason, detail: happening.collection });
      case 'foreign':
        break;
    }
    if (room !== undefined) await room;
    if (signal.aborted) return err(ASKED_TO_END);
  }
  return ok(undefined);
}

function describe(batch: StreamBatch, clock: Clock): ReadBatch {
  const { size: changes, serverVersion } = batch;
  const after = batch.after();
  const behindSeconds =
    after?.version === undefined || serverVersion === undefined
      ? 0
      : Math.max(0, secondsOfChatVersion(serverVersion) - secondsOfChatVersion(after.version));
  return {
    changes,
    ...(after === undefined ? {} : { position: { ...after, tokenAt: clock.now(), moved: changes > 0 } }),
    atMs: clock.elapsedMs(),
    behindMs: behindSeconds * 1_000,
  };
}

const ASKED_TO_END: StreamFailure = { kind: 'resume', detail: 'asked to end' };
