import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { ageMs, describeSpan, MINUTE_MS } from '../asking/age.ts';
import { APPLY, functionLog, workerLog } from '../asking/where-to-look.ts';
import type { ExpectedQueue } from '../expected/expected.ts';
import type { SubscriptionState } from '../ports/cloud-operations.ts';
import type { CloudflareQueue, QueueBacklog } from '../ports/cloudflare-account.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';

/** What may wait for how long. Pure. */

/** A delivery is searchable within seconds; the design finds a lost one within a quarter of an hour. */
export const DELIVERY_AGE_MS_MAX = 15 * MINUTE_MS;
/** Bursts are 500 a second and drained at once: more than twenty seconds of one has piled up. */
export const DELIVERIES_MAX = 10_000;
/** The bucket is swept every minute, and takes only what the queue refuses: this is more than a minute’s work. */
export const UNSENT_MAX = 50;
/** A mark is read from the vendor within a minute, or after a limit’s window. */
export const MARK_AGE_MS_MAX = 15 * MINUTE_MS;
/** What the alerts of a day told of. */
export const DEAD_LETTER_HOURS = 24;
/** More are not counted: they need the same attention. */
export const PARKED_READ = 500;

interface Found {
  readonly queue: CloudflareQueue;
  readonly backlog: QueueBacklog;
}

export function judgeQueue(
  { worker, holdsDeadLetters }: ExpectedQueue,
  isConsumed: boolean,
  found: Found | undefined,
  now: Date,
): Verdict {
  if (found === undefined) return unwell('now', 'does not exist', APPLY);
  const { queue, backlog } = found;
  if (queue.isPaused)
    return unwell('now', 'delivery is paused', `Resume it: wrangler queues resume-delivery ${queue.name}.`);
  if (isConsumed && queue.consumers === 0)
    return unwell('now', 'nobody consumes it', 'Deploy its Worker again: the consumer belongs to it.');
  const { messages, oldestAt } = backlog;
  const waits = oldestAt === undefined ? undefined : ageMs(oldestAt, now);
  const figure = `${count(messages, 'message')}${waits === undefined ? '' : `, the oldest ${describeSpan(waits)} old`}`;
  const isSlow = messages > DELIVERIES_MAX || (waits ?? 0) > DELIVERY_AGE_MS_MAX;
  if (!isSlow) return well(figure);
  return holdsDeadLetters
    ? unwell('now', figure, `Its Worker cannot even park what failed: ${workerLog(worker)}`)
    : unwell('now', figure, `See what its Worker waits for: ${workerLog(worker)}`);
}

export const judgeUnsent = (vendor: RecordSource, unsent: number): Verdict =>
  unsent <= UNSENT_MAX
    ? well(count(unsent, 'delivery', 'deliveries'))
    : unwell(
        'now',
        `${count(unsent, 'delivery', 'deliveries')} wait for the queue`,
        `See why its queue takes nothing: ${workerLog(`${vendor}-webhook`)}`,
      );

export function judgeHydration(
  vendor: RecordSource,
  { bySubject, oldestMs, failing }: OperateResponse<'state'>['backlog'],
): Verdict {
  const waiting = Object.values(bySubject).reduce((sum, each) => sum + each, 0);
  const figure = waiting === 0 ? 'nothing waits' : `${waiting} wait, the oldest for ${describeSpan(oldestMs)}`;
  if (failing > 0)
    return unwell(
      'this_week',
      `${figure}; ${failing} fail again and again`,
      `See which: ./dev reconcile --vendor ${vendor}; and why: ${workerLog(`${vendor}-webhook`)}`,
    );
  return waiting === 0 || oldestMs <= MARK_AGE_MS_MAX
    ? well(figure)
    : unwell('today', figure, `See what ${vendor} answers: ${workerLog(`${vendor}-webhook`)}`);
}

/** `seconds`: age of the oldest message that nobody has taken; Monitoring has points from the first message on. */
export function judgeSubscription(
  { state, seconds }: { readonly state: SubscriptionState | undefined; readonly seconds: number | undefined },
  minutesMax: number,
): Verdict {
  if (state === undefined) return unwell('now', 'does not exist', APPLY);
  if (state === 'detached') return unwell('now', 'is detached: nothing that is published reaches it', APPLY);
  if (state === 'broken')
    return unwell(
      'now',
      'cannot deliver',
      'See what Pub/Sub misses: gcloud pubsub subscriptions list --project PROJECT',
    );
  if (seconds === undefined) return well('nothing waits');
  const figure = `oldest message ${describeSpan(seconds * 1000)} old`;
  return seconds <= minutesMax * 60
    ? well(figure)
    : unwell('now', figure, `\`change.deferred\` names the reason: ${functionLog('chat')}`);
}

export function judgeDeadLetters(bySubscription: ReadonlyMap<string, number>): Verdict {
  const dead = [...bySubscription].filter(([, messages]) => messages > 0);
  if (dead.length === 0) return well(`none in ${DEAD_LETTER_HOURS} h`);
  const figure = dead.map(([name, messages]) => `${name}: ${messages}`).join(', ');
  return unwell(
    'today',
    `${figure} in ${DEAD_LETTER_HOURS} h`,
    'See them among the parked and send them again: ./dev replay --parked (a dry run until --yes).',
  );
}

export function judgeParked(by: readonly string[]): Verdict {
  if (by.length === 0) return well('none');
  const counts = new Map<string, number>();
  for (const name of by) counts.set(name, (counts.get(name) ?? 0) + 1);
  const figure = [...counts].map(([name, documents]) => `${name}: ${documents}`).join(', ');
  const more = by.length >= PARKED_READ ? `at least ${PARKED_READ}: ` : '';
  return unwell(
    'this_week',
    `${more}${figure}`,
    'See why, and read them again: ./dev replay --parked (a dry run until --yes).',
  );
}

const count = (figure: number, one: string, more = `${one}s`): string =>
  `${figure.toLocaleString('en-GB')} ${figure === 1 ? one : more}`;
