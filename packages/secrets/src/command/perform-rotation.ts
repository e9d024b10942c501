import { ok, type Result } from '@innkeeper/shared/result/result';
import { RUNTIME_SECRETS } from '../catalogue/runtime-secrets.ts';
import { currentVersion } from '../ports/secret-store.ts';
import { explainFailure, type VendorFailure } from '../ports/vendor-failure.ts';
import { readersOf } from '../rotate/behind-readers.ts';
import { type KeyFailure, type KeyOrder, type KeyPorts, makeDatabaseKey } from '../rotate/make-database-key.ts';
import { type RetireFailure, retireDatabaseKeys } from '../rotate/retire-database-keys.ts';
import { rollToken, type TokenFailure } from '../rotate/roll-token.ts';
import { type Context, type ExitCode, isAgreed } from './context.ts';
import type { Action } from './read-order.ts';

/** `pnpm secrets qdrant-keys`. */
export async function performQdrantKeys(
  order: Extract<Action, { kind: 'qdrant-keys' }>,
  context: Context,
): Promise<ExitCode> {
  const { terminal, environment, ports } = context;
  const outputs = await context.outputs();
  if (!outputs.ok) return refuse(context, outputs.error);
  const keys: KeyPorts = { ...context, store: ports.store, keys: context.databaseKeys(outputs.value) };
  const orders = RUNTIME_SECRETS.flatMap(({ id, origin }): KeyOrder[] => {
    if (origin.kind !== 'qdrant_key') return [];
    const { access } = origin;
    const prefix = `innkeeper-${environment.name}-${access === 'manage' ? 'write' : 'read'}`;
    return [{ id, access, prefix, renew: order.renew }];
  });
  const verb = order.retire ? 'delete the keys before' : order.renew ? 'make anew' : 'make where there is no good one';
  terminal.out.write(orders.map(({ id }) => `${id}: ${verb}\n`).join(''));
  if (order.dryRun) return 0;
  if ((order.renew || order.retire) && !(await isAgreed(context, order, 'Go on?'))) return 1;

  let isWell = true;
  for (const each of orders) {
    const done = order.retire
      ? await retireDatabaseKeys(keys, each, (id, version) => behindReaders(context, id, version))
      : await makeDatabaseKey(keys, each);
    isWell &&= done.ok;
    if (done.ok) terminal.out.write(`✓ ${each.id}: ${describeDone(done.value)}\n`);
    else terminal.err.write(`${each.id}: ${explainKey(done.error)}\n`);
  }
  if (isWell && !order.retire) {
    const { name } = environment;
    terminal.out.write(
      `Next: ./dev secrets push --env ${name}; ./dev deploy --env ${name} --only functions; ` +
        `then ./dev secrets qdrant-keys --env ${name} --retire.\n`,
    );
  }
  return isWell ? 0 : 1;
}

const describeDone = (done: 'kept' | 'made' | readonly string[]): string => {
  if (done === 'kept') return 'the kept one is good';
  if (done === 'made') return 'made, proven at the cluster, kept';
  return done.length === 0 ? 'nothing to delete' : `deleted ${done.join(', ')}`;
};

async function behindReaders(
  { ports, environment, manifest }: Context,
  id: string,
  number: number,
): Promise<Result<readonly string[], VendorFailure>> {
  const versions = await ports.store.versions(id);
  if (!versions.ok) return versions;
  const current = currentVersion(versions.value) ?? { number, createdAtMs: 0 };
  const readers = await readersOf(ports, environment.name, manifest, id, current);
  if (!readers.ok) return readers;
  return ok(
    readers.value.flatMap(({ reader, state }) => (state === 'current' || state === 'not_deployed' ? [] : [reader])),
  );
}

function explainKey(failure: KeyFailure | RetireFailure): string {
  if (failure.kind === 'unproven') {
    return `the cluster gives the new key ${failure.rights.replace('_', ' ')}; it was deleted again and nothing kept.`;
  }
  if (failure.kind === 'kept_key_is_not_good') {
    return 'the kept key does not work, so the ones before stay. Next: ./dev secrets qdrant-keys --env ENV.';
  }
  if (failure.kind !== 'still_in_use') return explainFailure(failure);
  return `${failure.by.join(', ')} may have an older key, so it stays. Next: push, deploy the functions, say it again.`;
}

/** `pnpm secrets cloudflare-tokens`. */
export async function performTokens(
  order: Extract<Action, { kind: 'cloudflare-tokens' }>,
  context: Context,
): Promise<ExitCode> {
  const { terminal, ports, environment } = context;
  const outputs = await context.outputs();
  if (!outputs.ok) return refuse(context, outputs.error);
  const orders = RUNTIME_SECRETS.flatMap(({ id, origin }) => {
    const tokenId = origin.kind === 'cloudflare_token' ? outputs.value.secrets.cloudflare[origin.purpose] : undefined;
    return tokenId === undefined ? [] : [{ id, tokenId, renew: order.renew }];
  });
  terminal.out.write(
    orders.map(({ id, renew }) => `${id}: roll${renew ? '' : ' unless the kept one is good'}\n`).join(''),
  );
  terminal.out.write('The value before is refused at once: whoever has it needs the new one.\n');
  if (order.dryRun) return 0;
  if (!(await isAgreed(context, order, 'Go on?'))) return 1;

  let isWell = true;
  for (const each of orders) {
    const done = await rollToken(ports, each);
    isWell &&= done.ok;
    if (done.ok)
      terminal.out.write(`✓ ${each.id}: ${done.value === 'kept' ? 'the kept one is good' : 'rolled, kept, proven'}\n`);
    else terminal.err.write(`${each.id}: ${explainToken(done.error)}\n`);
  }
  const { name } = environment;
  if (isWell)
    terminal.out.write(
      `Next: ./dev secrets push --env ${name} --github; ./dev deploy --env ${name} --only functions.\n`,
    );
  return isWell ? 0 : 1;
}

const explainToken = (failure: TokenFailure): string =>
  failure.kind === 'unproven'
    ? 'Cloudflare gave a value that it does not take. Next: say it again.'
    : explainFailure(failure);

function refuse({ terminal }: Context, sentence: string): ExitCode {
  terminal.err.write(`${sentence}\n`);
  return 1;
}
