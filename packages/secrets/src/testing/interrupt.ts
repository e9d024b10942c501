/** The process dies: nothing that comes after in the same run happens. */
export class Died extends Error {}

/** Counts calls of ports and dies at one of them: before it took effect, or after, when only the answer is lost. */
export class Interruption {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  #step(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new Died();
  }

  /** The same port, dying where it is told to. */
  over<T extends object>(port: T): T {
    const step = (): void => this.#step();
    return new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...words: unknown[]): Promise<unknown> => {
          step();
          const answer: unknown = await Reflect.apply(member, target, words);
          step();
          return answer;
        };
      },
    });
  }
}
