/** A listener in this process that can be killed like a process: from that moment nothing it calls answers any more. */
export interface Life {
  readonly death: AbortSignal;
  kill(): void;
  /** Kills by itself at the `calls`th moment from now: each call of a port has one before and one after its effect. */
  killIn(moments: number): void;
  /** Runs one call of a port. */
  call<T>(effect: () => Promise<T>): Promise<T>;
}

export function life(): Life {
  const controller = new AbortController();
  let momentsLeft = Number.POSITIVE_INFINITY;

  const pass = async (): Promise<void> => {
    momentsLeft -= 1;
    if (momentsLeft <= 0) controller.abort();
    if (controller.signal.aborted) await never();
  };

  return {
    death: controller.signal,
    kill: () => controller.abort(),
    killIn: moments => {
      momentsLeft = moments;
    },
    call: async effect => {
      await pass();
      const answer = await effect();
      await pass();
      return answer;
    },
  };
}

/** What it was about to do is forgotten: nothing holds on to what waits here. */
export const never = (): Promise<never> => new Promise<never>(() => undefined);
