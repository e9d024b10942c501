import type { VaultClaims } from '@innkeeper/shared/contracts/backup/vault-token';
import type { Log } from '@innkeeper/shared/log/log';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Ledger } from '../ledger/ledger.ts';
import type { StoredObject, VaultObjects } from '../objects/vault-objects.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import type { ObjectId } from '../route.ts';

export interface DeletionPorts {
  readonly objects: Pick<VaultObjects, 'delete'>;
  readonly ledger: Pick<Ledger, 'openDeletion' | 'settle'>;
  /** How many of a kind may go in one UTC day. */
  readonly deletionsPerDay: { readonly content: number; readonly snapshots: number };
  readonly log: Log;
  readonly now: () => Date;
}

/**
 * Deletes what the rights allow, never without having written it down. Where the end is not known, because the bucket
 * failed or the ledger did, the entry stays open and says so.
 */
export async function deleteObject(
  ports: DeletionPorts,
  { claims, now }: { readonly claims: Pick<VaultClaims, 'sub' | 'jti'>; readonly now: Date },
  repository: string,
  object: ObjectId,
  standing: StoredObject | 'absent',
): Promise<Result<Response, Refusal>> {
  const { objects, ledger, log, deletionsPerDay } = ports;
  if (standing === 'absent' || object.type === 'config') return ok(gone());
  const { type, name } = object;
  const entry = await ledger.openDeletion(
    repository,
    {
      type,
      name,
      bytes: standing.bytes,
      uploadedAt: standing.uploadedAt,
      subject: claims.sub,
      tokenId: claims.jti,
      at: now,
    },
    type === 'snapshots' ? deletionsPerDay.snapshots : deletionsPerDay.content,
  );
  if (!entry.ok) return entry;
  const deleted = await objects.delete(repository, object);
  if (!deleted.ok && deleted.error === 'unavailable') return err('store_unavailable'); // Perhaps it was deleted.
  const settled = await ledger.settle(repository, entry.value, deleted.ok ? 'done' : 'failed', ports.now());
  if (!settled.ok) log.warn('ledger.not_settled', { repository, entry: entry.value });
  if (!deleted.ok) return err(refusalOf(deleted.error));
  if (type !== 'locks') log.info('object.deleted', { repository, type, name, subject: claims.sub });
  return ok(gone());
}

const gone = (): Response => new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
