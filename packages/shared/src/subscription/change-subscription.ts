import { err, ok, type Result } from '../result/result.ts';
import { siftEvents } from './sift-events.ts';
import type { RegistryError, RemoteSubscription, WebhookRegistry } from './webhook-registry.ts';

/**
 * Creates and changes a subscription so that events which the vendor does not take keep none of the others away: a new
 * event that is not offered to everybody must not cost all deliveries. I/O: the registry.
 */
export interface Changed {
  readonly remote: RemoteSubscription;
  /** Wanted and not taken. */
  readonly refused: readonly string[];
}

type Change = Promise<Result<Changed, RegistryError>>;

export async function createWith(registry: WebhookRegistry, url: string, events: readonly string[]): Change {
  const created = await registry.create({ url, events });
  if (created.ok) return ok({ remote: created.value, refused: [] });
  if (created.error.kind !== 'refused') return created;
  let remote: RemoteSubscription | undefined;
  const sifted = await siftEvents([], events, async some => {
    const answer =
      remote === undefined
        ? await registry.create({ url, events: some })
        : await registry.update(remote.id, { url, events: some, active: true });
    if (answer.ok) remote = answer.value;
    return outcomeOf(answer);
  });
  return remote === undefined ? created : ok({ remote, refused: sifted.refused });
}

export async function updateWith(
  registry: WebhookRegistry,
  before: RemoteSubscription,
  events: readonly string[],
): Change {
  let remote = before;
  const ask = async (some: readonly string[]): Promise<Result<RemoteSubscription, RegistryError>> => {
    // Always with the events: without them Aircall subscribes to everything it has.
    const answer = await registry.update(before.id, { url: before.url, events: some, active: true });
    if (answer.ok) remote = answer.value;
    return answer;
  };
  const whole = await ask(events);
  if (whole.ok) return ok({ remote, refused: [] });
  if (whole.error.kind !== 'refused') return whole;
  // What lives keeps what it has meanwhile; what does not has nothing to lose.
  const known = before.active ? events.filter(event => before.events.includes(event)) : [];
  const candidates = events.filter(event => !known.includes(event));
  if (known.length > 0 && !(await ask(known)).ok) return whole;
  const sifted = await siftEvents(known, candidates, async some => outcomeOf(await ask(some)));
  return sifted.taken.length === 0 ? err(whole.error) : ok({ remote, refused: sifted.refused });
}

function outcomeOf(answer: Result<unknown, RegistryError>): 'taken' | 'refused' | 'failed' {
  if (answer.ok) return 'taken';
  return answer.error.kind === 'refused' ? 'refused' : 'failed';
}
