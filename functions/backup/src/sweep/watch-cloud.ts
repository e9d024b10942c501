import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import type { Server } from '../ports.ts';
import type { RunStoreError } from '../run/run-store.ts';
import { CLOUD_UNREACHABLE_MS } from './limits.ts';
import { type WatchMemory, writeWatch } from './watch-memory.ts';

/** Lists the backup servers; `undefined` while the cloud cannot be asked, which after a while a person must know. */
export async function watchCloud(
  { store, servers, telling, log, now }: BackupPorts,
  memory: WatchMemory,
): Promise<Result<readonly Server[] | undefined, RunStoreError>> {
  const { cloudUnreachableSince: since, ...rest } = memory;
  const listed = await servers.list();
  if (listed.ok) {
    const cleared = since === undefined ? ok(memory) : await writeWatch(store, rest);
    return cleared.ok ? ok(listed.value) : err(cleared.error);
  }
  const detail = `${listed.error.kind}: ${listed.error.detail}`;
  log.warn('cloud.not_reached', { reason: listed.error.kind, detail });
  if (since === undefined) {
    const noted = await writeWatch(store, { ...rest, cloudUnreachableSince: now().toISOString() });
    return noted.ok ? ok(undefined) : err(noted.error);
  }
  if (now().getTime() - Date.parse(since) >= CLOUD_UNREACHABLE_MS) {
    await telling.alert({ kind: 'cloud_unreachable', detail }, `cloud_unreachable:${since}`);
  }
  return ok(undefined);
}
