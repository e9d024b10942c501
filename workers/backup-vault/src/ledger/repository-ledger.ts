import { DurableObject } from 'cloudflare:workers';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Deletion, EntryNumber, Ledger, LedgerPage, LedgerQuery, Outcome, Snapshot } from './ledger.ts';
import { LedgerTables } from './ledger-tables.ts';

/** Durable Object with the ledger of one repository. It has no clock of its own: every call brings the instant. */
export class RepositoryLedger extends DurableObject {
  readonly #tables: LedgerTables;

  constructor(state: DurableObjectState, environment: Cloudflare.Env) {
    super(state, environment);
    this.#tables = new LedgerTables(state.storage.sql);
  }

  openDeletion(deletion: Deletion, dailyMax: number): Result<EntryNumber, 'daily_deletions_exhausted'> {
    return this.#tables.openDeletion(deletion, dailyMax);
  }

  openSnapshot(snapshot: Snapshot, tokenMax: number): Result<EntryNumber, 'snapshots_exhausted'> {
    return this.#tables.openSnapshot(snapshot, tokenMax);
  }

  reserveBytes(reservation: Parameters<LedgerTables['reserveBytes']>[0], tokenMax: number): number {
    return this.#tables.reserveBytes(reservation, tokenMax);
  }

  settle(entry: EntryNumber, outcome: Outcome, at: Date): void {
    this.#tables.settle(entry, outcome, at);
  }

  read(query: LedgerQuery): LedgerPage {
    return this.#tables.read(query);
  }
}

/** The ledgers of all repositories, each an object of its own. I/O: the Durable Objects. */
export function durableLedger(namespace: DurableObjectNamespace<RepositoryLedger>): Ledger {
  const of = (repository: string) => namespace.get(namespace.idFromName(repository));
  return {
    openDeletion: (repository, deletion, dailyMax) =>
      reach(async () => await of(repository).openDeletion(deletion, dailyMax)),
    openSnapshot: (repository, snapshot, tokenMax) =>
      reach(async () => await of(repository).openSnapshot(snapshot, tokenMax)),
    reserveBytes: (repository, reservation, tokenMax) =>
      reach(async () => ok(await of(repository).reserveBytes(reservation, tokenMax))),
    settle: (repository, entry, outcome, at) => reach(async () => ok(await of(repository).settle(entry, outcome, at))),
    read: (repository, query) => reach(async () => ok(await of(repository).read(query))),
  };
}

async function reach<T, E>(call: () => Promise<Result<T, E>>): Promise<Result<T, E | 'ledger_unavailable'>> {
  try {
    return await call();
  } catch {
    return err('ledger_unavailable'); // The object is being moved or overloaded: restic asks again.
  }
}
