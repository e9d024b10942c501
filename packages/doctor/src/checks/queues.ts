import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok } from '@innkeeper/shared/result/result';
import { askOnce } from '../asking/ask-once.ts';
import { askOperateError } from '../asking/operate-error.ts';
import { askErrorOf } from '../asking/read-document.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import { SUBSCRIPTIONS } from '../expected/pubsub.ts';
import type { SubscriptionList, SubscriptionMetrics } from '../ports/cloud-operations.ts';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import { onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';
import {
  DEAD_LETTER_HOURS,
  judgeDeadLetters,
  judgeHydration,
  judgeParked,
  judgeQueue,
  judgeSubscription,
  judgeUnsent,
  PARKED_READ,
} from './judge-queues.ts';

/** Everything that waits, and everything that was given up. */
export function queueChecks(
  world: Pick<World, 'cloudflare' | 'workers' | 'subscriptions' | 'business'>,
  { queues, deployed }: Pick<Expected, 'queues' | 'deployed'>,
  now: Date,
): Check[] {
  const list = askOnce((cloudflare: CloudflareAccount) => cloudflare.queues());
  const states = askOnce((list: SubscriptionList) => list.states());
  const ages = askOnce((metrics: SubscriptionMetrics) => metrics.oldestUnackedSeconds());
  const workers = onceDeployed(deployed.workers, 'workers', world.workers);
  const subscriptions = {
    of: onceDeployed(deployed.functions, 'functions', world.subscriptions),
    asked: VENDORS.google,
  };
  return [
    ...queues.map(expected =>
      check({
        id: `queues/cloudflare/${expected.name}`,
        title: expected.name,
        of: world.cloudflare,
        asked: VENDORS.cloudflare,
        read: async cloudflare => {
          const found = await list(cloudflare);
          if (!found.ok) return found;
          const queue = found.value.find(({ name }) => name === expected.name);
          if (queue === undefined) return ok(undefined);
          const backlog = await cloudflare.backlog(queue.id);
          return backlog.ok ? ok({ queue, backlog: backlog.value }) : backlog;
        },
        judge: found => judgeQueue(expected, deployed.workers, found, now),
      }),
    ),
    ...RecordSource.options.flatMap(vendor => {
      const state = {
        of: workers,
        asked: VENDORS.workers,
        read: async (port: Extract<World['workers'], { kind: 'there' }>['port']) => {
          const answer = await port[vendor].state();
          return answer.ok ? answer : err(askOperateError(answer.error));
        },
      };
      return [
        check({
          ...state,
          id: `queues/overflow/${vendor}`,
          title: `${vendor}: overflow bucket`,
          judge: ({ unsent }: OperateResponse<'state'>) => judgeUnsent(vendor, unsent),
        }),
        check({
          ...state,
          id: `queues/hydration/${vendor}`,
          title: `${vendor}: reading from the vendor`,
          judge: ({ backlog }: OperateResponse<'state'>) => judgeHydration(vendor, backlog),
        }),
      ];
    }),
    ...SUBSCRIPTIONS.map(({ name, oldestMinutesMax }) =>
      check({
        ...subscriptions,
        id: `queues/pubsub/${name}`,
        title: name,
        read: async port => {
          const [found, waiting] = await Promise.all([states(port), ages(port)]);
          if (!found.ok) return found;
          return waiting.ok ? ok({ state: found.value.get(name), seconds: waiting.value.get(name) }) : waiting;
        },
        judge: found => judgeSubscription(found, oldestMinutesMax),
      }),
    ),
    check({
      ...subscriptions,
      id: 'queues/pubsub-dead-letters',
      title: 'chat changes given up',
      read: metrics => metrics.deadLetters(DEAD_LETTER_HOURS),
      judge: judgeDeadLetters,
    }),
    check({
      id: 'queues/parked',
      title: 'parked documents',
      of: world.business,
      asked: VENDORS.google,
      read: async store => {
        const read = await store.query({ collection: 'parked', limit: PARKED_READ, select: ['by'] });
        return read.ok ? ok(read.value.map(({ fields }) => nameOf(fields['by']))) : err(askErrorOf(read.error));
      },
      judge: judgeParked,
    }),
  ];
}

/** Whoever parked it; another release may have written something else there. */
const nameOf = (by: unknown): string => (typeof by === 'string' ? by : 'unknown');
