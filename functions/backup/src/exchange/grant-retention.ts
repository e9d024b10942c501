import { isSignedBy } from '@innkeeper/shared/backup/sign-request';
import { type ExchangeRefusal, RETENTION, type RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { changeRun, readRun } from '../run/run-store.ts';
import { type NotAllowed, transition } from '../run/transitions.ts';
import { isAddressOf } from './caller-address.ts';
import { vaultAccess } from './vault-access.ts';

/** The credential that may forget: for the run's own key, from its server, while it is `retaining`, for as long. */
export async function grantRetention(
  ports: BackupPorts,
  runId: RunId,
  call: { readonly body: Uint8Array; readonly signature: string | undefined; readonly caller: string },
): Promise<Result<RetentionReply, ExchangeRefusal['error']>> {
  const { store, now, log } = ports;
  const refuse = (error: ExchangeRefusal['error']) => {
    log.warn('exchange.refused', { runId, reason: error, caller: call.caller });
    return err(error);
  };
  const read = await readRun(store, runId);
  if (!read.ok) return refuse('unavailable');
  if (read.value === undefined) return refuse('unknown_run');
  const { credential, server } = read.value;
  const { publicKey } = credential;
  const isSigned =
    publicKey !== undefined &&
    call.signature !== undefined &&
    (await isSignedBy(publicKey, 'exchange', call.body, call.signature));
  if (!isSigned) return refuse('bad_signature');
  if (server === undefined || !isAddressOf(server.addresses, call.caller)) return refuse('wrong_address');
  const noted = await changeRun(store, runId, run => transition(run, { kind: 'retention_granted' }, now()));
  if (!noted.ok) return refuse(whyNot(noted.error));
  // Only a night that prunes may touch packs.
  const scope = noted.value.types.includes('monthly') ? 'maintain' : 'forget';
  // However late or often it is asked for, none outlives the state it is for.
  const until = new Date(noted.value.stateDeadline);
  log.info('retention.granted', { runId, scope, until: until.toISOString() });
  return ok({
    v: 1,
    vault: await vaultAccess(ports, { runId, scope, from: now(), until }),
    policy: RETENTION,
    minimumAgeSeconds: VAULT_MINIMUM_AGE_S.snapshots,
  });
}

/** The report that ends the backup may still be on its way. */
function whyNot(error: NotAllowed | { readonly kind: string }): 'not_ready' | 'wrong_state' | 'unavailable' {
  if (!('state' in error)) return 'unavailable';
  return error.state === 'dumping' || error.state === 'backing_up' ? 'not_ready' : 'wrong_state';
}
