import { inMemoryJobStore } from './in-memory-job-store.ts';
import { describeJobStoreContract } from './job-store-contract.ts';

describeJobStoreContract('the job store in memory', () => {
  const store = inMemoryJobStore();
  return Promise.resolve({
    all: async () => store.all(),
    get: async jobId => store.get(jobId),
    put: async (stored, seen) => store.put(stored, seen),
    seen: async (jobId, things) => [...store.seen(jobId, things)],
    forgetSeen: async jobId => store.forgetSeen(jobId),
    remove: async jobId => store.remove(jobId),
  });
});
