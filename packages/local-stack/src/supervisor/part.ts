/** One process of the local stack, as the supervisor sees it: what to run, how to know it is well, whom it needs. */
export interface Part {
  /** Name of its log and its state folder. */
  readonly name: string;
  /** Under which names it is listed; several deployables may share one process. */
  readonly listedAs: readonly string[];
  readonly command: string;
  readonly args: readonly string[];
  /** Everything the process is told; nothing else of this machine's environment reaches it but `PATH` and its like. */
  readonly environment: Readonly<Record<string, string>>;
  /** A JSON file written before each start, named to the process by this variable. It may hold secrets. */
  readonly configuration?: { readonly variable: string; readonly content: unknown };
  /** Each of these answers 2xx once the part is well. A fragment says which of the listed names it is about. */
  readonly health: readonly string[];
  /** Parts that have to be well before this one starts, and that stop after it. */
  readonly dependsOn: readonly string[];
}

/** Every part after those it depends on, in waves that may start together. Throws when a part waits for itself. */
export function startWaves(parts: readonly Part[]): Part[][] {
  const waves: Part[][] = [];
  const started = new Set<string>();
  let waiting = [...parts];
  while (waiting.length > 0) {
    const wave = waiting.filter(part => part.dependsOn.every(name => started.has(name)));
    if (wave.length === 0) {
      const stuck = waiting.map(part => `${part.name} (needs ${part.dependsOn.join(', ')})`).join('; ');
      throw new Error(`these parts can never start: ${stuck}`);
    }
    for (const { name } of wave) started.add(name);
    waiting = waiting.filter(part => !started.has(part.name));
    waves.push(wave);
  }
  return waves;
}
