import type { JobStore, StoredJob } from '../jobs/job-store.ts';

/** Read jobs in memory. */
export function inMemoryJobStore(): JobStore {
  const jobs = new Map<string, StoredJob>();
  const seen = new Map<string, Set<string>>();
  return {
    all: () => [...jobs.values()].sort((left, right) => (left.job.startedAt > right.job.startedAt ? -1 : 1)),
    get: jobId => jobs.get(jobId),
    put: (stored, things = []) => {
      jobs.set(stored.job.jobId, structuredClone(stored));
      const known = seen.get(stored.job.jobId) ?? new Set();
      for (const thing of things) known.add(thing);
      seen.set(stored.job.jobId, known);
    },
    seen: (jobId, things) => new Set(things.filter(thing => seen.get(jobId)?.has(thing))),
    forgetSeen: jobId => void seen.delete(jobId),
    remove: jobId => {
      jobs.delete(jobId);
      seen.delete(jobId);
    },
  };
}
