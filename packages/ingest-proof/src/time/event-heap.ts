/** What is still to come, the earliest first; of two at the same time, the one that was put in first. */
export interface EventHeap {
  put(atMs: number, happen: () => void): void;
  /** Takes out the earliest that is not later than `untilMs`. */
  takeUntil(untilMs: number): ComingEvent | undefined;
}

export interface ComingEvent {
  readonly atMs: number;
  readonly order: number;
  readonly happen: () => void;
}

/** A binary heap: the parent of `index` is at half of it. */
export function eventHeap(): EventHeap {
  const heap: ComingEvent[] = [];
  let puts = 0;

  const isBefore = (left: ComingEvent | undefined, right: ComingEvent | undefined): boolean => {
    if (left === undefined || right === undefined) return right === undefined && left !== undefined;
    return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
  };

  const swap = (one: number, other: number): void => {
    const [left, right] = [heap[one], heap[other]];
    if (left === undefined || right === undefined) return;
    heap[one] = right;
    heap[other] = left;
  };

  const sink = (): void => {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const earlier = isBefore(heap[left + 1], heap[left]) ? left + 1 : left;
      if (!isBefore(heap[earlier], heap[index])) return;
      swap(index, earlier);
      index = earlier;
    }
  };

  return {
    put: (atMs, happen) => {
      puts += 1;
      let index = heap.push({ atMs, order: puts, happen }) - 1;
      while (index > 0) {
        const parent = (index - 1) >> 1;
        if (!isBefore(heap[index], heap[parent])) return;
        swap(index, parent);
        index = parent;
      }
    },
    takeUntil: untilMs => {
      const [first] = heap;
      if (first === undefined || first.atMs > untilMs) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
