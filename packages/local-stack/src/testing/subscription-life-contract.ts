/** How a Worker keeps its subscription, in workerd and before a stand-in of its vendor; run for every vendor. */

import { Secret } from '@innkeeper/shared/config/secret';
import type { SubscriptionState } from '@innkeeper/shared/contracts/subscription-state';
import { createOperateClient } from '@innkeeper/shared/operate/operate-client';
import type { SubscriptionAction } from '@innkeeper/shared/subscription/keep-subscription';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventually } from './eventually.ts';
import { OPERATOR_TOKEN, type TestWorker } from './start-test-worker.ts';

export interface SubscriptionLife {
  readonly worker: Pick<TestWorker, 'url' | 'runCron' | 'restart'>;
  /** Of the stand-in. */
  readonly vendorUrl: string;
  /** A mapped event, as the stand-in's delivery control takes it. */
  readonly delivery: Readonly<Record<string, unknown>>;
  /** The form of an id in the stand-in's rows. */
  readonly idKey: '_id' | 'webhook_id';
  /** What a person does who switches deliveries off or over. */
  readonly meddling: Readonly<Record<string, unknown>>;
  /** From now on secrets are shown late, where the vendor does that. */
  delaySecrets(): Promise<unknown>;
  close(): Promise<void>;
}

const Rows = z.object({ webhooks: z.array(z.looseObject({ url: z.string(), events: z.array(z.string()) })) });
const Deliveries = z.object({
  deliveries: z.array(z.object({ url: z.string(), status: z.int(), attempts: z.int() })),
});
const CHECK_CRON = '*/5 * * * *';

export function describeSubscriptionLife(vendor: string, start: () => Promise<SubscriptionLife>): void {
  let life: SubscriptionLife;
  beforeAll(async () => {
    life = await start();
  });
  afterAll(async () => {
    await life.close();
  });

  const control = async (method: string, where: string, body?: object): Promise<unknown> => {
    const reply = await fetch(`${life.vendorUrl}/_control/webhooks${where}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!reply.ok) throw new Error(`the stand-in refused: ${await reply.text()}`);
    return reply.json();
  };
  const rows = async () => Rows.parse(await control('GET', '/')).webhooks;
  const idAt = async (index: number): Promise<string> => String((await rows())[index]?.[life.idKey]);
  const operate = () =>
    createOperateClient({
      origin: life.worker.url,
      token: new Secret(OPERATOR_TOKEN),
      fetch: (...call) => fetch(...call),
    });
  const act = async (action: SubscriptionAction): Promise<SubscriptionState> => {
    const answered = await operate().subscription({ action });
    if (!answered.ok) throw new Error(answered.error.detail);
    return answered.value.state;
  };
  /** As the object knows it, without asking the vendor. */
  const state = async (): Promise<SubscriptionState> => {
    const answered = await operate().state();
    if (!answered.ok) throw new Error(answered.error.detail);
    return answered.value.subscription;
  };
  const check = () => life.worker.runCron(CHECK_CRON);
  const deliver = async () =>
    Deliveries.parse(await control('POST', '/deliver', { ...life.delivery, origin: life.worker.url })).deliveries;

  describe(`the subscription at ${vendor}`, () => {
    it('is made only when an operator asks for it, and what it delivers is taken at once', async () => {
      await check();
      expect(await rows()).toEqual([]);
      const state = await act('register');
      expect(state.problem).toBeUndefined();
      expect(state).toMatchObject({ subscriptions: [{ role: 'live', hasSecret: true }], missingEvents: [] });
      expect(await deliver()).toMatchObject([{ status: 200, attempts: 1 }]);
    });

    it('is put right again by the check where a person meddled with it', async () => {
      const before = await rows();
      await control('PATCH', `/${await idAt(0)}`, life.meddling);
      expect(await rows()).not.toEqual(before);
      await check();
      expect(await rows()).toEqual(before);
    });

    it('is made again by the check, and the new secret taken without a deployment', async () => {
      const gone = await idAt(0);
      await control('DELETE', `/${gone}`);
      expect(await act('verify')).toMatchObject({ problem: { reason: 'not_subscribed' } });
      await check();
      expect(await rows()).toHaveLength(1);
      expect(await idAt(0)).not.toBe(gone);
      expect(await deliver()).toMatchObject([{ status: 200, attempts: 1 }]);
    });

    it('changes its secret without losing a delivery, and goes on by itself after the process was ended', async () => {
      await life.delaySecrets();
      const [, meanwhile] = await Promise.all([act('rotate'), deliver()]);
      // By itself where the vendor's answer got lost, too.
      await eventually(state, ({ subscriptions }) => subscriptions.length === 2);
      expect(meanwhile.map(({ status }) => status)).toContain(200);
      await life.worker.restart();
      const { subscriptions } = await eventually(state, ({ problem }) => problem === undefined);
      expect(subscriptions).toMatchObject([
        { role: 'retiring', hasSecret: true },
        { role: 'live', hasSecret: true },
      ]);
      const both = await deliver();
      expect(both).toMatchObject([
        { status: 200, attempts: 1 },
        { status: 200, attempts: 1 },
      ]);
      expect(new Set(both.map(({ url }) => new URL(url).search)).size).toBe(2);
      expect((await act('verify')).problem).toBeUndefined();
    });

    it('ends when an operator says so', async () => {
      expect(await act('disable')).toMatchObject({ subscriptions: [], problem: { reason: 'disabled_by_operator' } });
      await check();
      expect(await rows()).toEqual([]);
    });
  });
}
