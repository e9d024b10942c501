/** An R2 bucket: takes, gives, lists in the order of names. Durable. */
export interface SimulatedBucket {
  put(key: string, text: string): void;
  get(key: string): string | undefined;
  delete(key: string): void;
  list(
    prefix: string,
    page: { readonly max: number; readonly cursor?: string },
  ): {
    readonly keys: readonly string[];
    readonly cursor?: string;
  };
  readonly keys: () => readonly string[];
}

export function simulatedBucket(): SimulatedBucket {
  const objects = new Map<string, string>();
  return {
    put: (key, text) => void objects.set(key, text),
    get: key => objects.get(key),
    delete: key => void objects.delete(key),
    keys: () => [...objects.keys()],
    list: (prefix, { max, cursor = '' }) => {
      const found = [...objects.keys()].filter(key => key.startsWith(prefix) && key > cursor).toSorted();
      const keys = found.slice(0, max);
      const last = keys.at(-1);
      return { keys, ...(found.length > max && last !== undefined ? { cursor: last } : {}) };
    },
  };
}
