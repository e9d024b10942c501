import type { VaultClaims } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Ledger } from './ledger.ts';

/** Lets a token store so many bytes and no more, asking the ledger once for each gigabyte instead of for each pack. */
export type SpendBytes = (
  repository: string,
  claims: Pick<VaultClaims, 'jti'>,
  bytes: number,
  now: Date,
) => Promise<Result<void, 'bytes_exhausted' | 'ledger_unavailable'>>;

/** Ten times the largest body. What an isolate has reserved and not used when it ends is lost to the token. */
const RESERVED_BYTES = 1_000_000_000;
/** Each object costs a write and a place in every list, however small it is; restic's are 16 MiB, but for a few. */
const OBJECT_BYTES_MIN = 1_000_000;
/** A run has one or two tokens. */
const TOKENS_MAX = 32;

export function createByteAllowance(ledger: Pick<Ledger, 'reserveBytes'>, tokenMax: number): SpendBytes {
  const reserved = new Map<string, number>();
  return async (repository, { jti }, bytes, now) => {
    const price = Math.max(bytes, OBJECT_BYTES_MIN);
    if ((reserved.get(jti) ?? 0) < price) {
      const granted = await ledger.reserveBytes(repository, { tokenId: jti, bytes: RESERVED_BYTES, at: now }, tokenMax);
      if (!granted.ok) return granted;
      const [oldest] = reserved.keys();
      if (!reserved.has(jti) && reserved.size >= TOKENS_MAX && oldest !== undefined) reserved.delete(oldest);
      reserved.set(jti, (reserved.get(jti) ?? 0) + granted.value);
    }
    const left = (reserved.get(jti) ?? 0) - price;
    if (left < 0) return err('bytes_exhausted');
    reserved.set(jti, left);
    return ok(undefined);
  };
}
