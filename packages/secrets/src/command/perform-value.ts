import type { Secret } from '@innkeeper/shared/config/secret';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { nameGithubPlace } from '../catalogue/name-github-place.ts';
import type { GithubReaders, SecretEntry } from '../catalogue/secret-entry.ts';
import { formProblem, lastLineOf } from '../catalogue/secret-form.ts';
import { SWARM_SECRETS } from '../catalogue/swarm-secrets.ts';
import { generateSecret } from '../generate/generate-secret.ts';
import { currentVersion, type SecretVersion } from '../ports/secret-store.ts';
import { explainFailure, type VendorFailure } from '../ports/vendor-failure.ts';
import { type Context, type ExitCode, isAgreed } from './context.ts';
import type { Action, Care } from './read-order.ts';
import type { Terminal } from './terminal.ts';

type ValueAction = Extract<Action, { kind: 'set' | 'generate' | 'rollback' }>;

/** `set`, `generate` and `rollback`: one new version of one secret. */
export async function performValue(order: ValueAction, context: Context): Promise<ExitCode> {
  const { entry } = order;
  const { terminal, ports, environment } = context;
  const refuse = (sentence: string): ExitCode => {
    terminal.err.write(`${sentence}\n`);
    return 1;
  };
  if (entry.store === 'sops') {
    return refuse(`${entry.id} is the Swarm's. Next: sops edit secrets/${environment.name}/swarm.sops.yaml.`);
  }
  if (entry.store === 'github') {
    const { github } = entry.readers;
    return order.kind === 'set' && github !== undefined
      ? setAtGithub(order, github, context)
      : refuse(`${entry.id} is GitHub's: it can only be set.`);
  }
  const versions = await ports.store.versions(entry.id);
  if (!versions.ok) return refuse(explainFailure(versions.error));
  const current = currentVersion(versions.value);

  switch (order.kind) {
    case 'set': {
      const value = await readValue(entry, terminal);
      const problem = formProblem(entry.form, value.reveal());
      if (problem !== undefined) return refuse(`${entry.id} ${problem}. Nothing was kept.`);
      return keep(order, context, { current, value });
    }
    case 'generate': {
      const before = await readCurrent(context, entry, current);
      if (!before.ok) return refuse(explainFailure(before.error));
      const made = await generateSecret(entry, context, before.value);
      if (made === undefined)
        return refuse(
          `${entry.id} is not one that is generated. Next: ./dev secrets status --env ${environment.name}.`,
        );
      const kept = await keep(order, context, { current, value: made.value });
      if (kept === 0 && made.publicHalf !== undefined && !order.dryRun) {
        const { jwk, where } = made.publicHalf;
        terminal.out.write(`Public half, to note beside the one before in ${where}:\n${JSON.stringify(jwk)}\n`);
      }
      return kept;
    }
    case 'rollback':
      return rollBack(order, context, versions.value, current);
  }
}

function readValue({ id, form }: SecretEntry, terminal: Terminal): Promise<Secret> {
  const lastLine = lastLineOf(form);
  const until = lastLine === undefined ? '' : ', until its last line';
  return terminal.readSecret(`${id} (nothing is shown${until}): `, lastLine);
}

async function readCurrent(
  { ports }: Context,
  { id, overlap }: SecretEntry,
  current: SecretVersion | undefined,
): Promise<Result<Secret | undefined, VendorFailure>> {
  return current === undefined || overlap !== 'list' ? ok(undefined) : ports.store.read(id, current.number);
}

/** The old value becomes a new version: whatever refers to a version by its number goes on working. */
async function rollBack(
  order: Extract<ValueAction, { kind: 'rollback' }>,
  context: Context,
  versions: readonly SecretVersion[],
  current: SecretVersion | undefined,
): Promise<ExitCode> {
  const { entry, to } = order;
  const { terminal, ports } = context;
  if (entry.origin.kind === 'cloudflare_token' || entry.origin.kind === 'qdrant_key') {
    terminal.err.write(
      `A value of ${entry.id} that was replaced may be refused by now. Next: make a new one (--renew).\n`,
    );
    return 1;
  }
  const enabled = versions.filter(({ isEnabled, number }) => isEnabled && number !== current?.number);
  const target = to === undefined ? enabled[0] : enabled.find(({ number }) => number === to);
  if (target === undefined) {
    const there = enabled.map(({ number }) => number).join(', ');
    terminal.err.write(`${entry.id} has no such version to go back to. There are: ${there === '' ? 'none' : there}.\n`);
    return 1;
  }
  const value = await ports.store.read(entry.id, target.number);
  if (!value.ok) {
    terminal.err.write(`${explainFailure(value.error)}\n`);
    return 1;
  }
  terminal.out.write(`${entry.id}: the value of version ${target.number} becomes the current one\n`);
  return keep(order, context, { current, value: value.value });
}

async function keep(
  { entry, ...care }: { readonly entry: SecretEntry } & Care,
  context: Context,
  { current, value }: { readonly current: SecretVersion | undefined; readonly value: Secret },
): Promise<ExitCode> {
  const { terminal, ports } = context;
  const what = current === undefined ? 'set for the first time' : `replaces version ${current.number}, which stays`;
  terminal.out.write(`${entry.id}: ${what}\n`);
  if (current !== undefined && entry.caution !== undefined) terminal.out.write(`Careful: ${entry.caution}\n`);
  if (care.dryRun) return 0;
  if (current !== undefined && !(await isAgreed(context, care, `Replace ${entry.id}?`))) return 1;
  const added = await ports.store.add(entry.id, value);
  if (!added.ok) {
    terminal.err.write(`${explainFailure(added.error)}\n`);
    return 1;
  }
  terminal.out.write(`✓ ${entry.id} is kept as version ${added.value}\n${nextAfter(entry, context.environment.name)}`);
  return 0;
}

/** Copies that others have of a value: until they get the new one, they go on with the one before. */
function nextAfter({ id, readers }: SecretEntry, environment: string): string {
  const copies = SWARM_SECRETS.filter(({ origin }) => origin.kind === 'copy' && origin.of === id);
  const steps = [
    ...(readers.workers === undefined ? [] : [`./dev secrets push --env ${environment}`]),
    ...(readers.functions ? [`./dev deploy --env ${environment} --only functions`] : []),
    ...copies.map(
      copy =>
        `sops edit secrets/${environment}/swarm.sops.yaml, whose ${copy.id} is a copy, ` +
        `and ./dev deploy --env ${environment} --only ansible`,
    ),
  ];
  return steps.length === 0 ? '' : `Next: ${steps.join('; ')}.\n`;
}

async function setAtGithub(
  { entry, ...care }: ValueAction,
  { name, places }: GithubReaders,
  context: Context,
): Promise<ExitCode> {
  const { terminal, ports, environment } = context;
  const value = await readValue(entry, terminal);
  const problem = formProblem(entry.form, value.reveal());
  if (problem !== undefined) {
    terminal.err.write(`${entry.id} ${problem}. Nothing was kept.\n`);
    return 1;
  }
  const at = places.map(place => nameGithubPlace(place, environment.name)).join(', ');
  terminal.out.write(`${entry.id}: replaces what GitHub has as ${name} in ${at}\n`);
  if (care.dryRun) return 0;
  if (!(await isAgreed(context, care, `Set ${entry.id}?`))) return 1;
  for (const place of places) {
    const set = await ports.github.set(place, name, value);
    if (!set.ok) {
      terminal.err.write(`${explainFailure(set.error)}\n`);
      return 1;
    }
    terminal.out.write(`✓ ${nameGithubPlace(place, environment.name)} of GitHub has ${name}\n`);
  }
  return 0;
}
