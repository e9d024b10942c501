/**
 * Puts the texts of concurrent requests into batches, in order of arrival: one batch is computed at a time, the next
 * takes whatever has come meanwhile. Bounded in both directions; no I/O.
 */
export interface TextBatches {
  /** One vector per text, in their order. Rejects with `QueueFullError`, or with what `compute` rejected with. */
  embed(texts: readonly string[]): Promise<number[][]>;
}

export interface TextBatchesOptions {
  readonly compute: (texts: readonly string[]) => Promise<readonly number[][]>;
  readonly batchTextsMax: number;
  /** With so many texts waiting no further request is taken; one that is taken may itself be longer. */
  readonly waitingTextsMax: number;
}

/** So many texts wait that another request would wait too long: the caller says it is overloaded. */
export class QueueFullError extends Error {
  constructor(waitingTexts: number) {
    super(`${waitingTexts} texts are waiting for the embedding model`);
    this.name = 'QueueFullError';
  }
}

interface WaitingText {
  readonly text: string;
  readonly settle: (vector: number[]) => void;
  readonly fail: (reason: Error) => void;
}

export function textBatches(options: TextBatchesOptions): TextBatches {
  let waiting: WaitingText[] = [];
  let computing = false;

  const computeNext = async (): Promise<void> => {
    computing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, options.batchTextsMax);
      waiting = waiting.slice(options.batchTextsMax);
      try {
        const vectors = await options.compute(batch.map(({ text }) => text));
        for (const [index, { settle, fail }] of batch.entries()) {
          const vector = vectors[index];
          if (vector === undefined) fail(new Error('the model returned fewer vectors than texts'));
          else settle(vector);
        }
      } catch (error) {
        // Only the requests with a text in this batch fail; the next batch may well succeed.
        const reason = error instanceof Error ? error : new Error(String(error));
        for (const { fail } of batch) fail(reason);
      }
    }
    computing = false;
  };

  return {
    embed(texts) {
      if (waiting.length >= options.waitingTextsMax) {
        return Promise.reject(new QueueFullError(waiting.length));
      }
      const vectors = texts.map(text => new Promise<number[]>((settle, fail) => waiting.push({ text, settle, fail })));
      if (!computing) void computeNext();
      return Promise.all(vectors);
    },
  };
}
