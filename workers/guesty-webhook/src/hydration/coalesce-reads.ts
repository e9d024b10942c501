/**
 * Makes many askers few reads. The first asker is served at once; who asks while reads are under way shares the next
 * one. A read already under way is not good enough for an id that was asked for after it began: the change that led to
 * the question may be younger than the answer. No I/O of its own.
 */
export interface CoalescedReads<T> {
  /** Resolves with what a read that began after this call said about `id`. */
  readonly read: (id: string) => Promise<T>;
}

export interface CoalesceOptions<T> {
  /** Never rejects; answers for every id it was given. */
  readonly readBatch: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  readonly batchMax: number;
  /** Batches under way at once. */
  readonly inFlightMax: number;
}

export function coalesceReads<T>(options: CoalesceOptions<T>): CoalescedReads<T> {
  const waiting = new Map<string, PromiseWithResolvers<T>>();
  let inFlight = 0;

  const start = async (): Promise<void> => {
    const batch = new Map([...waiting].slice(0, options.batchMax));
    for (const id of batch.keys()) waiting.delete(id);
    inFlight += 1;
    try {
      const answers = await options.readBatch([...batch.keys()]);
      for (const [id, asked] of batch) {
        const answer = answers.get(id);
        if (answer === undefined) asked.reject(new Error('a batch read left out an id'));
        else asked.resolve(answer);
      }
    } catch (error) {
      for (const asked of batch.values()) asked.reject(error); // a bug: the askers' deliveries go back to the queue
    } finally {
      inFlight -= 1;
    }
    pump();
  };

  const pump = (): void => {
    while (waiting.size > 0 && inFlight < options.inFlightMax) void start();
  };

  return {
    read: id => {
      const asked = waiting.get(id) ?? Promise.withResolvers<T>();
      waiting.set(id, asked);
      pump();
      return asked.promise;
    },
  };
}
