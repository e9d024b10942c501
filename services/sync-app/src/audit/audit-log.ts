import { randomBytes } from 'node:crypto';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Who did what: document `audit/<command>-<id>` in the database of the operations, written before a command acts and again
 * when it has. One that never ended was cut off. I/O: the document store.
 */
export interface AuditEntry {
  readonly command: string;
  /** Derived from the order or minted once for it: the document's name, with the command's in front. */
  readonly id: string;
  /** The name a person goes by on the machine, or the one given with `--as`. */
  readonly by: string;
  /** What was asked for, in facts: never a guest's name, text or number. */
  readonly order: Readonly<Record<string, AuditFact>>;
}

export type AuditFact = string | number | boolean | readonly string[];

export interface AuditedAct {
  /** How it went, in facts. */
  end(outcome: 'done' | 'failed', facts: Readonly<Record<string, AuditFact>>): Promise<Result<void, string>>;
}

/** `20261121T093000Z-1f2e3d4c`: sorts by time. */
export const mintActId = (now: Date): string =>
  `${now.toISOString().replace(/[-:]|\.\d+/gu, '')}-${randomBytes(4).toString('hex')}`;

/** Nothing may be done before this has answered well. */
export async function beginAudited(
  ops: DocumentStore,
  entry: AuditEntry,
  now: () => Date,
): Promise<Result<AuditedAct, string>> {
  const path: DocumentPath = `audit/${entry.command}-${entry.id.replaceAll('/', '%2F')}`;
  const begun = {
    v: 1,
    command: entry.command,
    id: entry.id,
    by: entry.by,
    order: entry.order,
    begunAt: now().toISOString(),
  };
  const noted = await ops.commit([{ op: 'set', path, fields: { ...begun, outcome: 'begun' } }]);
  if (!noted.ok) return err(`Nothing was done, because the audit cannot be written (${describe(noted.error)}).`);
  return ok({
    end: async (outcome, facts) => {
      const fields = { ...begun, outcome, facts, endedAt: now().toISOString() };
      const ended = await ops.commit([{ op: 'set', path, fields }]);
      return ended.ok
        ? ok(undefined)
        : err(`It was done, but how it ended is not in the audit (${describe(ended.error)}).`);
    },
  });
}

const describe = ({ kind, detail }: StoreError): string => `${kind}: ${detail}`;
