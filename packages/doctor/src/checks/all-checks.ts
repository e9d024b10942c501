import type { AskedAddresses } from '../connect/addresses-of.ts';
import type { Expected } from '../expected/expected.ts';
import type { Check } from '../run/check.ts';
import type { World } from '../world.ts';
import { backupChecks } from './backups.ts';
import { firestoreChecks } from './firestore.ts';
import { functionChecks } from './functions.ts';
import { guestyTokenCheck } from './guesty-token.ts';
import { listenerChecks } from './listener.ts';
import { nameChecks } from './names.ts';
import { qdrantChecks } from './qdrant.ts';
import { queueChecks } from './queues.ts';
import { secretChecks } from './secrets.ts';
import { webhookChecks } from './webhooks.ts';
import { workerSecretChecks } from './worker-secrets.ts';
import { workerChecks } from './workers.ts';

/** Every check but those of credentials, which come first and decide what can be asked. */
export function allChecks(
  world: World,
  expected: Expected,
  addresses: AskedAddresses,
  { now, dimensions }: { readonly now: Date; readonly dimensions: number },
): Check[] {
  return [
    guestyTokenCheck(world, expected, now),
    ...backupChecks(world, expected, addresses.vault, now),
    ...firestoreChecks(world),
    ...nameChecks(world, expected, addresses.health, now),
    ...webhookChecks(world, expected, addresses.origins, now),
    ...queueChecks(world, expected, now),
    ...listenerChecks(world, expected, now),
    ...qdrantChecks(world, expected, dimensions),
    ...functionChecks(world, expected),
    ...workerChecks(world, expected, now),
    ...secretChecks(world, now),
    ...workerSecretChecks(world, expected),
  ];
}
