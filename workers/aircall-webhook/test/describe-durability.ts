import { describe, expect, test } from 'vitest';
import { type AircallWorker, fixture } from './start-aircall-worker.ts';

/** While a part is away, deliveries are taken all the same and arrive once it is back. */
export function describeDurability(worker: () => AircallWorker): void {
  const SWEEP = '* * * * *';
  const called = (id: number, changes: object = {}) => {
    const call = fixture('call.answered.inbound');
    return { ...call, data: { ...(call['data'] as object), id }, ...changes };
  };
  const records = async (): Promise<string[]> => (await worker().contents('records')).map(({ path }) => path);
  async function unsent(): Promise<number> {
    const state = await worker().operator().state();
    if (!state.ok) throw new Error(state.error.detail);
    return state.value.unsent;
  }

  describe('durability', () => {
    test.each([
      ['refusing', 8_000],
      ['silent', 8_100],
    ] as const)(
      'while the queue is %s, deliveries rest in the bucket, and are swept once it is back',
      async (outage, id) => {
        await worker().runCron(SWEEP);
        worker().setQueueOutage(outage);
        const answers = await Promise.all([
          worker().deliver(called(id)),
          worker().deliver(called(id)),
          worker().deliver(called(id + 1, { padding: 'ü'.repeat(100_000) })),
        ]);
        expect(answers.map(answer => answer.status)).toEqual([200, 200, 200]);
        expect(await unsent()).toBe(2);
        await worker().runCron(SWEEP);
        expect(await unsent()).toBe(2);
        worker().setQueueOutage('none');
        await Promise.all([worker().runCron(SWEEP), worker().runCron(SWEEP)]);
        await worker().quiet();
        expect(await unsent()).toBe(0);
        expect(await records()).toEqual(
          expect.arrayContaining([`records/aircall:call:${id}`, `records/aircall:call:${id + 1}`]),
        );
      },
    );

    test('a poison message among others holds none of them up', async () => {
      const others = Array.from({ length: 10 }, (_none, index) => 8_200 + index);
      const poison = called(8_299, { timestamp: { never: 'a moment' } });
      const answers = await Promise.all([...others.map(id => called(id)), poison].map(body => worker().deliver(body)));
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
      await worker().quiet();
      expect(await records()).toEqual(expect.arrayContaining(others.map(id => `records/aircall:call:${id}`)));
      const parked = await worker().contents('parked');
      expect(parked.map(({ fields }) => fields)).toContainEqual(
        expect.objectContaining({ reason: 'payload_unexpected', detail: 'unexpected: timestamp' }),
      );
    });

    test('what an event leaves to be read is noted while Aircall’s API is away, and nothing waits on the queue', async () => {
      await worker().setVendorFaults({ pathPrefix: '/v1/', status: 503 });
      await worker().deliver(fixture('transcription.created.constructed'));
      await worker().idle();
      const events = await worker().contents('events');
      expect(events.find(({ fields }) => fields['event'] === 'transcription.created')?.fields).toMatchObject({
        outcome: 'marked',
      });
      await worker().setVendorFaults({});
    });
  });
}
