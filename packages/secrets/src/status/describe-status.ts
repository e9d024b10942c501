import type { Problem } from './judge-status.ts';
import type { SecretStatus, Status } from './secret-status.ts';

/** A status as a person reads it, and as a program does. Pure. */
const DAY_MS = 86_400_000;
const HEADS = { secret_manager: 'Secret Manager', sops: 'The Swarm (sops)', github: 'GitHub' } as const;

export function describeStatus(
  { secrets, tokens, unknown }: Status,
  problems: readonly Problem[],
  nowMs: number,
): string {
  const lines: string[] = [];
  const width = Math.max(...secrets.map(({ entry }) => entry.id.length));
  for (const [store, head] of Object.entries(HEADS)) {
    lines.push(head);
    for (const status of secrets.filter(({ entry }) => entry.store === store)) {
      const marks = problems.filter(({ id }) => id === status.entry.id);
      lines.push(`  ${marks.length === 0 ? '✓' : '✗'} ${status.entry.id.padEnd(width)}  ${stateOf(status, nowMs)}`);
    }
  }
  for (const { name, expiresAtMs } of tokens) {
    const end = expiresAtMs === undefined ? 'has no end' : `ends ${new Date(expiresAtMs).toISOString().slice(0, 10)}`;
    lines.push(`Token ${name} ${end}`);
  }
  for (const { sentence, next } of problems) lines.push(`${sentence}\n  Next: ${next}.`);
  lines.push(...unknown.map(({ sentence }) => sentence));
  return lines.join('\n');
}

function stateOf({ state, entry, version, setAtMs, readers }: SecretStatus, nowMs: number): string {
  if (state !== 'set')
    return state === 'missing' && entry.isOptional ? 'not set (optional)' : state.replaceAll('_', ' ');
  const age = setAtMs === undefined ? '' : `, ${Math.max(0, Math.floor((nowMs - setAtMs) / DAY_MS))} days old`;
  const known = readers.map(({ reader, state: has }) => `${reader} ${has.replaceAll('_', ' ')}`);
  return [`set${version === undefined ? '' : ` (version ${version})`}${age}`, ...known].join('; ');
}

export function statusAsJson({ secrets, tokens, unknown }: Status, problems: readonly Problem[]): object {
  return {
    secrets: secrets.map(({ entry, setAtMs, ...status }) => ({
      id: entry.id,
      store: entry.store,
      ...status,
      ...(setAtMs === undefined ? {} : { setAt: new Date(setAtMs).toISOString() }),
    })),
    tokens: tokens.map(({ name, expiresAtMs }) => ({
      name,
      ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    })),
    problems,
    unknown,
  };
}
