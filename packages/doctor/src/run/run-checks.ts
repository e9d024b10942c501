import type { Finding, Verdict } from '../report/finding.ts';
import { unwell } from '../report/finding.ts';
import type { Check } from './check.ts';

/** A healthy vendor answers within a second; two that are slow after each other still fit. */
export const CHECK_MS_MAX = 10_000;

/** Resolves after so many milliseconds, or never once `signal` is aborted. */
export type Alarm = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * All at once, each with its own time limit: what hangs is one failed check. Whatever happens, every check has a
 * finding, in the order given.
 */
export function runChecks(
  checks: readonly Check[],
  { alarm, limitMs = CHECK_MS_MAX }: { readonly alarm: Alarm; readonly limitMs?: number },
): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ id, group, title, ask }) => ({
      id,
      group,
      title,
      verdict: await withinLimit(ask, alarm, limitMs),
    })),
  );
}

async function withinLimit(ask: Check['ask'], alarm: Alarm, limitMs: number): Promise<Verdict> {
  const settled = new AbortController();
  try {
    return await Promise.race([ask(), alarm(limitMs, settled.signal).then(() => tooSlow(limitMs))]);
  } catch (error) {
    return broken(error);
  } finally {
    settled.abort();
  }
}

const tooSlow = (limitMs: number): Verdict =>
  unwell(
    'today',
    `no answer within ${Math.round(limitMs / 1000)} s`,
    'Ask again with --only for this group alone; if it stays, look at the status page of whoever is asked.',
  );

/** A bug of ours, told by its name alone: its message may quote what was read. */
const broken = (error: unknown): Verdict =>
  unwell(
    'this_week',
    `the check itself failed: ${error instanceof Error ? error.name : 'not an Error'}`,
    'Tell whoever looks after packages/doctor, with this check’s id from --json.',
  );
