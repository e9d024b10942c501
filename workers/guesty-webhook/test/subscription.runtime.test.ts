import { describeSubscriptionLife } from '@innkeeper/local-stack/testing/subscription-life-contract';
import { startGuestyWorker } from './start-guesty-worker.ts';

describeSubscriptionLife('Guesty', async () => {
  const worker = await startGuestyWorker();
  return {
    worker,
    vendorUrl: worker.vendorUrl,
    delivery: { event: 'guest.created', body: { guest: { _id: 'guest-1', fullName: 'Grace Guest' } } },
    idKey: '_id',
    meddling: { events: ['listing.new'] },
    delaySecrets: () =>
      fetch(`${worker.vendorUrl}/_control/webhooks/settings`, { method: 'POST', body: '{"secretDelayMs":700}' }),
    close: () => worker.close(),
  };
});
