/** How far a long proof is, on stderr: a bar with rate and time left where somebody looks, JSON lines where not. */
export interface Progress {
  /** `done` in all; `note` is shown behind the bar. */
  tell(done: number, note?: string): void;
  end(): void;
}

export function showProgress(order: {
  readonly total: number;
  /** `histories`, `days`. */
  readonly unit: string;
  readonly stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}): Progress {
  const { total, unit, stderr } = order;
  const startedMs = order.now();
  return {
    tell(done, note) {
      const perSecond = done / Math.max((order.now() - startedMs) / 1_000, 0.001);
      const secondsLeft = Math.ceil((total - done) / perSecond);
      if (stderr.isTTY) {
        const cells = Math.round((done / total) * CELLS);
        const bar = '#'.repeat(cells) + '-'.repeat(CELLS - cells);
        const rate = perSecond.toFixed(perSecond < 10 ? 1 : 0);
        stderr.write(
          `\r\u001B[K[${bar}] ${done} of ${total} ${unit}, ${rate}/s, ${clock(secondsLeft)} left  ${note ?? ''}`,
        );
      } else stderr.write(`${JSON.stringify({ event: 'proof.advanced', unit, done, total, secondsLeft, note })}\n`);
    },
    end() {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}

const CELLS = 30;

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
