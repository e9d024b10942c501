import type { LimitHeard, RocketChatPace } from '@innkeeper/shared/adapters/rocketchat/rocketchat-pace';
import type { Log } from '@innkeeper/shared/log/log';
import type { ChatError } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Turn, TurnRequest } from './turn-ledger.ts';
import { TURN_USABLE_MS } from './turn-ledger.ts';

/**
 * Keeps one isolate's calls of Rocket.Chat within what the outbox grants. What Rocket.Chat does not count goes at once;
 * a turn that is sure to be needed is asked for ahead, so that neither costs an answer a round trip. I/O: the outbox.
 */
export interface TurnKeeper {
  turn(request: TurnRequest): Promise<Turn>;
  heard(endpoint: string, limit: LimitHeard): Promise<void>;
}

export interface Sender extends Omit<TurnRequest, 'endpoint'> {
  /** The endpoint that will be called soon. */
  readonly ahead?: 'chat.sendMessage' | 'chat.update';
}

export interface PacingPorts {
  readonly outbox: TurnKeeper;
  readonly now: () => number;
  readonly log: Log;
}

export type Pacing = (sender: Sender) => RocketChatPace;

type Asked = { readonly turn: Turn; readonly askedAt: number };

export function createPacing({ outbox, now, log }: PacingPorts): Pacing {
  /** As the latest reply of each endpoint told; absent until one did. */
  const isExempt = new Map<string, boolean>();

  const notReached = (error: unknown): void => {
    log.warn('outbox.not_reached', { reason: error instanceof Error ? error.name : 'unknown' });
  };

  const ask = async (request: TurnRequest): Promise<Asked> => {
    const askedAt = now();
    try {
      const turn = await outbox.turn(request);
      if (turn.kind === 'exempt') isExempt.set(request.endpoint, true);
      return { turn, askedAt };
    } catch (error) {
      // Rocket.Chat counts as well: at worst it refuses and says until when.
      notReached(error);
      return { turn: { kind: 'granted' }, askedAt };
    }
  };

  const heard = (endpoint: string, limit: LimitHeard): void => {
    const known = isExempt.get(endpoint);
    isExempt.set(endpoint, limit.kind === 'exempt');
    if (limit.kind === 'refused' || known !== (limit.kind === 'exempt')) {
      void outbox.heard(endpoint, limit).catch(notReached);
    }
  };

  return ({ ahead, ...sender }) => {
    const askedAhead = new Map<string, Promise<Asked>>();
    if (ahead !== undefined && isExempt.get(ahead) !== true) {
      askedAhead.set(ahead, ask({ ...sender, endpoint: ahead }));
    }

    const stillUsable = async (endpoint: string): Promise<Turn | undefined> => {
      const asked = await askedAhead.get(endpoint);
      askedAhead.delete(endpoint);
      if (asked === undefined) return undefined;
      const { turn, askedAt } = asked;
      const isUsable = turn.kind === 'later' ? now() < turn.at : now() - askedAt < TURN_USABLE_MS;
      return isUsable ? turn : undefined;
    };

    return {
      heard,
      async turn(endpoint): Promise<Result<void, ChatError>> {
        if (isExempt.get(endpoint) === true) return ok(undefined);
        const turn = (await stillUsable(endpoint)) ?? (await ask({ ...sender, endpoint })).turn;
        if (turn.kind !== 'later') return ok(undefined);
        const retryAfterMs = Math.max(0, turn.at - now());
        return err({ kind: 'unavailable', detail: `${endpoint} waits for its turn`, retryAfterMs, unsent: true });
      },
    };
  };
}
