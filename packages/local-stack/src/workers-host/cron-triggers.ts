import type { Log } from '@innkeeper/shared/log/log';
import { Cron } from 'croner';
import type { Miniflare } from 'miniflare';

/** Calls the Workers' `scheduled()` handlers at their times (UTC), and on demand. */
export interface CronTriggers {
  /** Runs it now; `false` where the Worker has no such expression. Rejects where the handler fails. */
  run(worker: string, cron: string): Promise<boolean>;
  /** Waits for handlers under way. */
  stop(): Promise<void>;
}

export interface TriggeredWorker {
  readonly name: string;
  readonly crons: readonly string[];
}

export async function startCronTriggers(
  workers: readonly TriggeredWorker[],
  parts: { readonly miniflare: Miniflare; readonly log: Log; readonly onDemandOnly?: boolean },
): Promise<CronTriggers> {
  const underWay = new Set<Promise<void>>();
  const handlers = new Map(
    await Promise.all(workers.map(async ({ name }) => [name, await parts.miniflare.getWorker(name)] as const)),
  );

  const call = async (worker: string, cron: string): Promise<void> => {
    const result = await handlers.get(worker)?.scheduled({ cron, scheduledTime: new Date() });
    if (result?.outcome !== 'ok') throw new Error(`scheduled(${cron}) of ${worker} ended with ${result?.outcome}`);
  };

  /** As on Cloudflare, a run that fails is not repeated: the next one is its retry. */
  const tick = (worker: string, cron: string): void => {
    const running = call(worker, cron)
      .catch((error: unknown) => parts.log.error('cron.failed', { worker, cron, error: String(error) }))
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };

  const jobs = (parts.onDemandOnly === true ? [] : workers).flatMap(({ name, crons }) =>
    crons.map(cron => new Cron(cron, { timezone: 'Etc/UTC', unref: true }, () => tick(name, cron))),
  );

  return {
    run: async (worker, cron) => {
      if (!workers.some(({ name, crons }) => name === worker && crons.includes(cron))) return false;
      await call(worker, cron);
      return true;
    },
    stop: async () => {
      for (const job of jobs) job.stop();
      await Promise.all(underWay);
    },
  };
}
