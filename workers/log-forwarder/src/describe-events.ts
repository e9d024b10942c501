import { sha256Hex } from '@innkeeper/shared/ingest/sha256-hex';
import { describeInvocation } from './describe-invocation.ts';
import type { Entry, NamedEntry } from './entry.ts';
import { readInvocation } from './invocation.ts';
import { selectEntries } from './select-entries.ts';

export interface Surroundings {
  readonly environment: string;
  readonly now: () => number;
}

/** Everything the platform tells in one call, as entries of a log. The same events make the same entries. */
export async function describeEvents(
  events: readonly unknown[],
  surroundings: Surroundings,
): Promise<readonly NamedEntry[]> {
  // All is read before anything is waited for: the platform's objects are its own.
  const described = events.map(event => describeEvent(event, surroundings));
  return selectEntries((await Promise.all(described.map(nameEntries))).flat());
}

interface Described {
  readonly entries: readonly Entry[];
  readonly identity: string;
}

function describeEvent(event: unknown, { environment, now }: Surroundings): Described {
  const read = readInvocation(event);
  if (read.ok) {
    const { value: invocation } = read;
    return invocation === undefined
      ? { entries: [], identity: '' }
      : { entries: describeInvocation(invocation, environment), identity: invocation.identity };
  }
  const atMs = now();
  const payload = { deployable: 'log-forwarder', event: 'invocation.not_understood', problem: read.error.problem };
  return { entries: [{ severity: 'ERROR', atMs, worker: 'log-forwarder', payload }], identity: String(atMs) };
}

/** Half of SHA-256 is more than enough to tell a month's invocations apart. */
const DIGEST_CHARACTERS = 32;
/** Cloud Logging sorts what happened at the same time by id. */
const INDEX_DIGITS = 5;

async function nameEntries({ entries, identity }: Described): Promise<NamedEntry[]> {
  if (entries.length === 0) return []; // Most invocations: nothing is hashed for them.
  const invocation = (await sha256Hex(identity)).slice(0, DIGEST_CHARACTERS);
  return entries.map((entry, index) => ({
    ...entry,
    id: `${invocation}-${String(index).padStart(INDEX_DIGITS, '0')}`,
  }));
}
