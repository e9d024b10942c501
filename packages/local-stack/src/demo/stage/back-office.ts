import { setTimeout as pause } from 'node:timers/promises';
import { Secret } from '@innkeeper/shared/config/secret';
import { createOperateClient, type OperateClient } from '@innkeeper/shared/operate/operate-client';
import type { StackFile } from '../../supervisor/stack-file.ts';
import type { StackHome } from '../../supervisor/stack-home.ts';
import { runOperatorCommand } from './operator-command.ts';
import { sendJson } from './team-chat.ts';

/** What operators and the clock do with the Workers that take webhooks. */
export interface BackOfficeStage {
  readonly guesty: OperateClient;
  /** Milliseconds until all that Guesty's events spoke of is read from its API, or undefined after `patienceMs`. */
  waitUntilRead(patienceMs: number): Promise<number | undefined>;
  /** What happens every five minutes, now: the gap check and the look at the subscription. */
  fiveMinutesPass(): Promise<void>;
  /** What happens every minute, now: briefings that fell due, and news of bookings. */
  minutePasses(): Promise<void>;
  /** `./dev erase …`. */
  erase(args: readonly string[]): ReturnType<typeof runOperatorCommand>;
}

const POLL_MS = 20;
const EVERY_MINUTE = '* * * * *';
const EVERY_FIVE_MINUTES = '*/5 * * * *';

export function openBackOffice({ endpoints, processes }: StackFile, home: StackHome): BackOfficeStage {
  const guesty = createOperateClient({
    origin: new URL(endpoints.operate.guesty).origin,
    token: new Secret(endpoints.operate.token),
    fetch: (...call) => fetch(...call),
  });
  const control = processes.find(({ name }) => name === 'guesty-webhook')?.control ?? '';
  const cron = (worker: string, expression: string): Promise<void> =>
    sendJson(`${control}/cron`, 'POST', { worker, cron: expression });

  const isRead = async (): Promise<boolean> => {
    const state = await guesty.state();
    if (!state.ok) throw new Error(state.error.detail);
    const { byLane } = state.value.backlog;
    return byLane.live + byLane.backfill === 0 && state.value.jobs.every(job => job.state !== 'running');
  };

  return {
    guesty,
    minutePasses: () => cron('llm-query', EVERY_MINUTE),
    fiveMinutesPass: () => cron('guesty-webhook', EVERY_FIVE_MINUTES),
    erase: args => runOperatorCommand(home, 'services/sync-app/src/erase/main.ts', args),
    async waitUntilRead(patienceMs) {
      const since = performance.now();
      while (performance.now() - since < patienceMs) {
        if (await isRead()) return Math.round(performance.now() - since);
        await pause(POLL_MS);
      }
      return undefined;
    },
  };
}
