/** Whether a part is well, asked from outside. */
export type Pulse = 'well' | 'refused' | 'silent';

/** Longer than any pause of a busy process that will come back by itself. */
const SILENCE_MS_MAX = 30_000;
const PROBE_MS_MAX = 2_000;
/** One refusal may be a connection closed at the wrong moment. */
const REFUSALS_MAX = 2;

/** `refused`: nobody listens, or the answer is not 2xx. `silent`: somebody listens and does not answer in time. */
export async function probe(urls: readonly string[]): Promise<Pulse> {
  const pulses = await Promise.all(urls.map(probeOne));
  return pulses.find(pulse => pulse !== 'well') ?? 'well';
}

async function probeOne(url: string): Promise<Pulse> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_MS_MAX) });
    await response.arrayBuffer();
    return response.ok ? 'well' : 'refused';
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'silent' : 'refused';
  }
}

/** What was heard of a part since it was last well. */
export interface Illness {
  readonly refusals: number;
  readonly silentMs: number;
}

export const HEALTHY: Illness = { refusals: 0, silentMs: 0 };

/** Pure: one more pulse. */
export function observe(illness: Illness, pulse: Pulse): Illness {
  if (pulse === 'well') return HEALTHY;
  return pulse === 'refused'
    ? { ...illness, refusals: illness.refusals + 1 }
    : { ...illness, silentMs: illness.silentMs + PROBE_MS_MAX };
}

/**
 * Whether to give it up. A part that refuses is restarted within three seconds; one that is silent gets longer, because
 * a machine under full load makes healthy parts silent and restarting them adds to the load.
 */
export const isLost = ({ refusals, silentMs }: Illness): boolean =>
  refusals >= REFUSALS_MAX || silentMs >= SILENCE_MS_MAX;
