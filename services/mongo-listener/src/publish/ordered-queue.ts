/**
 * What was taken and is not acknowledged yet, in order. Pure bookkeeping, no I/O: a batch holds entries of one lane, a
 * batch in flight keeps all later entries with one of its keys back, and a milestone is reached once everything pushed
 * before it is settled.
 */
export interface OrderedQueue<Lane extends string, Item> {
  push(entry: { readonly lane: Lane; readonly key: string; readonly bytes: number; readonly item: Item }): void;
  /** The oldest entries that may leave now. */
  take(): Batch<Lane, Item> | undefined;
  settle(batch: Batch<Lane, Item>): void;
  /** Calls `reached` once everything pushed so far is settled: at once where nothing is open. */
  milestone(reached: () => void): void;
  readonly count: number;
  readonly bytes: number;
}

export interface Batch<Lane extends string, Item> {
  readonly lane: Lane;
  readonly entries: readonly Entry<Lane, Item>[];
}

interface Entry<Lane extends string, Item> {
  readonly lane: Lane;
  readonly key: string;
  readonly bytes: number;
  readonly item: Item;
  settled: boolean;
}

export function orderedQueue<Lane extends string, Item>(limits: {
  readonly batchEntries: number;
  readonly batchBytes: number;
}): OrderedQueue<Lane, Item> {
  /** All that is open, oldest first, and some settled ones in between. */
  const open = fifo<Entry<Lane, Item>>();
  const ready = fifo<Entry<Lane, Item>>();
  /** Held back by a key in flight, and free again: older than any of the same key in `ready`. */
  const freed = fifo<Entry<Lane, Item>>();
  const held = new Map<string, Entry<Lane, Item>[]>();
  const inFlight = new Set<string>();
  const milestones = fifo<{ readonly at: number; readonly reached: () => void }>();
  let pushed = 0;
  let prefix = 0;
  let count = 0;
  let bytes = 0;

  return {
    get count() {
      return count;
    },
    get bytes() {
      return bytes;
    },

    push: ({ lane, key, bytes: size, item }) => {
      const entry: Entry<Lane, Item> = { lane, key, bytes: size, item, settled: false };
      open.push(entry);
      ready.push(entry);
      pushed += 1;
      count += 1;
      bytes += size;
    },

    take: () => {
      const entries: Entry<Lane, Item>[] = [];
      const keys = new Set<string>();
      let size = 0;
      for (;;) {
        const source = freed.peek() === undefined ? ready : freed;
        const entry = source.peek();
        if (entry === undefined) break;
        if (inFlight.has(entry.key)) {
          source.shift();
          hold(entry);
          continue;
        }
        const first = entries[0];
        if (
          first !== undefined &&
          (first.lane !== entry.lane || entries.length >= limits.batchEntries || size + entry.bytes > limits.batchBytes)
        ) {
          break;
        }
        source.shift();
        entries.push(entry);
        keys.add(entry.key);
        size += entry.bytes;
      }
      const first = entries[0];
      if (first === undefined) return undefined;
      for (const key of keys) inFlight.add(key);
      return { lane: first.lane, entries };
    },

    settle: batch => {
      for (const entry of batch.entries) {
        entry.settled = true;
        count -= 1;
        bytes -= entry.bytes;
        if (inFlight.delete(entry.key)) free(entry.key);
      }
      while (open.peek()?.settled === true) {
        open.shift();
        prefix += 1;
      }
      announce();
    },

    milestone: reached => {
      milestones.push({ at: pushed, reached });
      announce();
    },
  };

  function hold(entry: Entry<Lane, Item>): void {
    const waiting = held.get(entry.key);
    if (waiting === undefined) held.set(entry.key, [entry]);
    else waiting.push(entry);
  }

  function free(key: string): void {
    const waiting = held.get(key);
    if (waiting === undefined) return;
    held.delete(key);
    for (const entry of waiting) freed.push(entry);
  }

  function announce(): void {
    for (let next = milestones.peek(); next !== undefined && next.at <= prefix; next = milestones.peek()) {
      milestones.shift();
      next.reached();
    }
  }
}

interface Fifo<T> {
  push(item: T): void;
  peek(): T | undefined;
  shift(): T | undefined;
}

/** `Array.shift` moves everything; this moves once per thousand. */
function fifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    push: item => {
      items.push(item);
    },
    peek: () => items[head],
    shift: () => {
      const item = items[head];
      if (item === undefined) return undefined;
      items[head] = undefined;
      head += 1;
      if (head >= 1_024 && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
