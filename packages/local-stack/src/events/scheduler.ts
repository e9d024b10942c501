import type { Log } from '@innkeeper/shared/log/log';
import type { ScheduledJob } from './gateway-config.ts';
import { invoke } from './invoke.ts';
import type { OidcIssuer } from './oidc-issuer.ts';

/** Cloud Scheduler: calls private functions at their times. One attempt each; the next one is the retry. */
export interface Scheduler {
  stop(): Promise<void>;
}

const TICK_MS = 1_000;

export function startScheduler(jobs: readonly ScheduledJob[], parts: { issuer: OidcIssuer; log: Log }): Scheduler {
  const running = new Map<string, Promise<void>>();
  const dueAt = new Map(jobs.map(job => [job.name, nextDue(job, Date.now())]));

  const run = async (job: ScheduledJob): Promise<void> => {
    const { status } = await invoke(parts.issuer, job, '{}');
    if (status >= 300) parts.log.warn('job.failed', { job: job.name, status });
  };
  const timer = setInterval(() => {
    for (const job of jobs) {
      const now = Date.now();
      if (now < (dueAt.get(job.name) ?? 0) || running.has(job.name)) continue;
      dueAt.set(job.name, nextDue(job, now));
      running.set(
        job.name,
        run(job).finally(() => running.delete(job.name)),
      );
    }
  }, TICK_MS);

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}

/** Epoch milliseconds of the first time after `now`. Pure. */
export function nextDue({ schedule }: Pick<ScheduledJob, 'schedule'>, now: number): number {
  if ('everySeconds' in schedule) return now + schedule.everySeconds * 1000;
  const minute = 60_000;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: schedule.zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  let candidate = (Math.floor(now / minute) + 1) * minute;
  // A day of the zone has at most 25 hours; a time that its clock change skips comes a day later.
  for (let minutes = 0; minutes < 49 * 60 && clock.format(candidate) !== schedule.dailyAt; minutes += 1) {
    candidate += minute;
  }
  return candidate;
}
