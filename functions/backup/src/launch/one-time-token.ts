import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '@innkeeper/shared/config/secret';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';

/**
 * The token that a server is born with, 32 bytes as base64url. It is computed from the run rather than drawn: an order
 * whose reply got lost, or whose sender died, may have made the server, and whoever takes the run over must know that
 * server's token without its having been stored. To anybody without the key it is as good as random. Pure.
 */
export function oneTimeToken(key: Secret, run: { readonly runId: RunId; readonly createdAt: string }): string {
  return createHmac('sha256', key.reveal())
    .update(`innkeeper-one-time-token-v1\n${run.runId}\n${run.createdAt}`)
    .digest('base64url');
}

/** All that is stored of it: SHA-256, hex. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Takes as long for a wrong token as for the right one. */
export function isTokenOf(hash: string, token: string): boolean {
  const expected = Buffer.from(hash, 'hex');
  const presented = createHash('sha256').update(token).digest();
  return expected.length === presented.length && timingSafeEqual(expected, presented);
}
