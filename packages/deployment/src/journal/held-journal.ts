import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Deployment } from '../deploy/deployment.ts';
import type { Clock } from '../programs/clock.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { Journal, JournalError } from './journal.ts';
import type { Lease } from './lease.ts';

/** Renewed before every step; `withinLease` begins no program that could outlast it. */
export const LEASE_MS = 60 * 60 * 1000;

const TRIES = 5;
const PAUSE_MS = 2_000;

export type KeepError = { readonly kind: 'lost' } | { readonly kind: 'unreachable'; readonly detail: string };

/** The journal while one deployment holds it. Every write is made on the condition that nobody else wrote. */
export interface HeldJournal {
  /** Keeps what is true now, and renews the lease. After `lost` nothing may be changed any more. */
  readonly keep: (deployment: Deployment) => Promise<Result<Deployment, KeepError>>;
}

export interface HoldJournal {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly lease: Lease;
  /** Generation that was read. */
  readonly generation: string;
}

export function holdJournal({ journal, clock, lease, generation: from }: HoldJournal): HeldJournal {
  let generation = from;
  return {
    async keep(deployment) {
      const until = clock.now() + LEASE_MS;
      const expiresAt = new Date(until).toISOString();
      const next = { ...deployment, sequence: deployment.sequence + 1, expiresAt };
      let lastDetail = '';
      for (let tried = 0; tried < TRIES; tried += 1) {
        if (tried > 0) await clock.pause(PAUSE_MS);
        const written = await journal.write(next, generation);
        if (written.ok) {
          generation = written.value;
          lease.until = until;
          return ok(next);
        }
        const adopted = written.error.kind === 'conflict' ? await readOwn(journal, next) : undefined;
        if (adopted === 'other') return err({ kind: 'lost' });
        if (adopted !== undefined) {
          generation = adopted.generation;
          lease.until = until;
          return ok(next);
        }
        lastDetail = detailOf(written.error);
      }
      return err({ kind: 'unreachable', detail: lastDetail });
    },
  };
}

/** A conflict may be with our own write whose answer was lost. */
async function readOwn(
  journal: Journal,
  written: Deployment,
): Promise<{ readonly generation: string } | 'other' | undefined> {
  const entry = await journal.read();
  if (!entry.ok) return undefined;
  const { deployment, generation } = entry.value;
  return deployment?.id === written.id && deployment.sequence === written.sequence ? { generation } : 'other';
}

export const detailOf = (error: JournalError): string => ('detail' in error ? error.detail : error.kind);

export function tellJournalError(error: JournalError): Trouble {
  const sentence = `The journal of deployments cannot be read: ${detailOf(error)}.`;
  return error.kind === 'unreadable'
    ? { sentence, nextStep: 'A newer release wrote it, or somebody by hand: look at it with gcloud storage cat.' }
    : { sentence, nextStep: 'Log in (gcloud auth login), see whether you may write the state bucket, then run again.' };
}
