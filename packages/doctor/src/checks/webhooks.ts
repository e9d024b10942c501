import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import type { SubscriptionState } from '@innkeeper/shared/contracts/subscription-state';
import { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describeStep, type KnownChat, planChat, type WantedChat } from '@innkeeper/sync-app/rocketchat/plan-chat';
import * as z from 'zod';
import { ageMs, ago, DAY_MS, describeSpan, MINUTE_MS } from '../asking/age.ts';
import type { AskError } from '../asking/ask-error.ts';
import { askOnce } from '../asking/ask-once.ts';
import { askChatError } from '../asking/chat-error.ts';
import { askOperateError } from '../asking/operate-error.ts';
import { askErrorOf } from '../asking/read-document.ts';
import { VENDORS } from '../asking/vendors.ts';
import { workerLog } from '../asking/where-to-look.ts';
import type { Expected } from '../expected/expected.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { DocumentReader, World } from '../world.ts';

/** Whether what happens at the vendors reaches us. Judgements are pure. */

/** The Worker looks at its vendor every five minutes; twice missed is no accident. */
export const LOOK_AGE_MS_MAX = 15 * MINUTE_MS;
/** A dozen homes make events every day; calls may rest over a long weekend. */
export const EVENT_AGE_MS_MAX: Readonly<Record<RecordSource, number>> = { guesty: DAY_MS, aircall: 4 * DAY_MS };
/** Newest events read, of all sources together: beyond them a source counts as silent. */
const EVENTS_READ = 200;

type WorkerState = OperateResponse<'state'>;

export function webhookChecks(
  world: World,
  { deployed }: Expected,
  origins: Readonly<Record<RecordSource, string>>,
  now: Date,
): Check[] {
  const newest = askOnce(newestEvents);
  return [
    ...RecordSource.options.flatMap(vendor => [
      check({
        id: `webhooks/subscription/${vendor}`,
        title: `${vendor}: subscription`,
        of: onceDeployed(deployed.workers, 'workers', world.workers),
        asked: VENDORS.workers,
        read: async workers => {
          const state = await workers[vendor].state();
          return state.ok ? state : err(askOperateError(state.error));
        },
        judge: (state: WorkerState) => judgeSubscription(vendor, state.subscription, origins[vendor], now),
      }),
      check({
        id: `webhooks/last-event/${vendor}`,
        title: `${vendor}: last event`,
        of: onceDeployed(deployed.workers, 'workers', world.business),
        asked: VENDORS.google,
        read: newest,
        judge: found => judgeLastEvent(vendor, found, now),
      }),
    ]),
    check({
      id: 'webhooks/rocketchat',
      title: 'Rocket.Chat: bot and integration',
      of: onceDeployed(deployed.swarm, 'swarm', world.chat),
      asked: VENDORS.rocketchat,
      read: async ({ read, wanted }) => {
        const known = await read(wanted.botUsername);
        return known.ok ? ok({ wanted, known: known.value }) : err(askChatError(known.error));
      },
      judge: ({ wanted, known }) => judgeChat(wanted, known),
    }),
  ];
}

export function judgeSubscription(vendor: RecordSource, state: SubscriptionState, origin: string, now: Date): Verdict {
  const { subscriptions, problem, missingEvents, checkedAt } = state;
  const repair = `./dev webhooks register --vendor ${vendor}`;
  if (problem !== undefined)
    return unwell(
      'now',
      problem.reason.replaceAll('_', ' '),
      `See what is wrong: ./dev webhooks verify --vendor ${vendor}; ${repair} puts it right.`,
    );
  const live = subscriptions.find(({ role }) => role === 'live');
  if (live === undefined) return unwell('now', 'there is none', repair);
  if (!live.url.startsWith(`${origin}/`)) return unwell('now', 'delivers to another address', repair);
  if (!live.active) return unwell('now', 'is switched off at the vendor', repair);
  if (!live.hasSecret) return unwell('now', 'its secret is not known', repair);
  if (missingEvents.length > 0) return unwell('today', `lacks ${missingEvents.length} kinds of events`, repair);
  if (checkedAt === undefined || ageMs(checkedAt, now) > LOOK_AGE_MS_MAX)
    return unwell(
      'today',
      `active, but last looked at ${checkedAt === undefined ? 'never' : ago(checkedAt, now)}`,
      `See whether its cron runs: ${workerLog(`${vendor}-webhook`)}; ` +
        './dev deploy --env ENV --only workers sets it again.',
    );
  return well(`active, looked at ${ago(checkedAt, now)}`);
}

interface NewestEvents {
  /** Instant of the newest event by source. */
  readonly at: ReadonlyMap<string, string>;
  /** Of the oldest one that was read, where there were more. */
  readonly back?: string;
}

async function newestEvents(store: DocumentReader): Promise<Result<NewestEvents, AskError>> {
  const read = await store.query({
    collection: 'events',
    orderBy: [{ field: 'receivedAt', direction: 'desc' }],
    limit: EVENTS_READ,
    select: ['source', 'receivedAt'],
  });
  if (!read.ok) return err(askErrorOf(read.error));
  const at = new Map<string, string>();
  const events = read.value.flatMap(({ fields }) => SelectedEvent.safeParse(fields).data ?? []);
  for (const { source, receivedAt } of events) if (!at.has(source)) at.set(source, receivedAt);
  const last = events.at(-1);
  return ok({
    at,
    ...(last === undefined || read.value.length < EVENTS_READ ? {} : { back: last.receivedAt }),
  });
}

const SelectedEvent = z.object({ source: z.string(), receivedAt: z.iso.datetime() });

export function judgeLastEvent(vendor: RecordSource, { at, back }: NewestEvents, now: Date): Verdict {
  const of = `--vendor ${vendor}`;
  const nextStep = `See whether deliveries arrive: ./dev webhooks verify ${of}, then ./dev reconcile ${of}.`;
  const newest = at.get(vendor);
  const limit = EVENT_AGE_MS_MAX[vendor];
  if (newest !== undefined && ageMs(newest, now) <= limit) return well(ago(newest, now));
  if (newest !== undefined)
    return unwell('today', `${ago(newest, now)}; usual is less than ${describeSpan(limit)}`, nextStep);
  if (back === undefined) return unwell('today', 'none was ever kept', nextStep);
  return ageMs(back, now) <= limit
    ? well(`none among the newest ${EVENTS_READ} of all sources, which reach back ${describeSpan(ageMs(back, now))}`)
    : unwell('today', `none for ${describeSpan(ageMs(back, now))}`, nextStep);
}

export function judgeChat(wanted: WantedChat, known: KnownChat): Verdict {
  const { steps, problems } = planChat(wanted, known);
  if (steps.length === 0 && problems.length === 0) return well('as the assistant needs them');
  const figure = [...steps.map(step => `has yet to ${describeStep(step, wanted)}`), ...problems].join('; ');
  return unwell('now', figure, problems[0] ?? './dev rocketchat set-up');
}
