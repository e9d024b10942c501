import { boundFacts, TEXT_BYTES_MAX } from './bound-facts.ts';
import { boundForeignText } from './bound-text.ts';
import type { Entry, Fact, Severity } from './entry.ts';
import type { ConsoleLine, Invocation, UncaughtException } from './invocation.ts';
import { type OwnLine, readOwnLine } from './own-line.ts';

/** What of one invocation somebody may have to act on, in the order in which it happened. Pure. */
export function describeInvocation(invocation: Invocation, environment: string): Entry[] {
  const read = invocation.lines.map(line => ({ line, own: readOwnLine(line.parts) }));
  const deployable = read.find(({ own }) => own !== undefined)?.own?.deployable;
  const worker = plainName(invocation.script, environment) ?? deployable ?? 'unknown';
  return [
    ...read.flatMap(({ line, own }) => (own === undefined ? foreign(worker, line) : ours(worker, line, own))),
    ...failed(worker, invocation),
    ...truncated(worker, invocation),
  ];
}

/** Except in prod, scripts carry their environment behind their name; entries have a label for it. */
const plainName = (script: string | undefined, environment: string): string | undefined =>
  script?.endsWith(`-${environment}`) === true ? script.slice(0, -environment.length - 1) : script;

function ours(worker: string, { atMs }: ConsoleLine, { severity, deployable, event, fields }: OwnLine): Entry[] {
  if (severity === 'INFO') return [];
  return [{ severity, atMs, worker, payload: boundFacts({ deployable, event }, fields) }];
}

const LEVELS: Readonly<Partial<Record<string, Severity>>> = { warn: 'WARNING', error: 'ERROR' };

function foreign(worker: string, { atMs, level, parts }: ConsoleLine): Entry[] {
  const severity = LEVELS[level];
  return severity === undefined ? [] : [{ severity, atMs, worker, payload: boundForeignText(parts, TEXT_BYTES_MAX) }];
}

/** Ends that are the caller's doing: it went before it was answered. */
const GONE_CALLER = new Set(['canceled', 'responseStreamDisconnected']);

/** One entry for an invocation that did not end well, however many exceptions it left. */
function failed(worker: string, invocation: Invocation): Entry[] {
  const { outcome, exceptions, trigger, entrypoint, version, atMs } = invocation;
  const isGone = GONE_CALLER.has(outcome);
  if (exceptions.length === 0 && (outcome === 'ok' || isGone)) return [];
  const [exception] = exceptions;
  const fields: (readonly [string, Fact])[] = [
    ['reason', outcome === 'ok' ? 'exception' : outcome],
    ['trigger', trigger],
    ...(entrypoint === undefined ? [] : [['entrypoint', entrypoint] as const]),
    ...(version === undefined ? [] : [['version', version] as const]),
    ...(exception === undefined ? [] : describeException(exception)),
    ...(exceptions.length > 1 ? [['exceptions', exceptions.length] as const] : []),
  ];
  const payload = boundFacts({ deployable: worker, event: 'invocation.failed' }, fields);
  return [{ severity: isGone ? 'WARNING' : 'ERROR', atMs, worker, payload }];
}

/** Its words name variables and never a value (`@innkeeper/shared/config/parse-config`). */
const HARMLESS_WORDS = 'ConfigError';

/** An exception's own words may quote what it choked on; its kind and place do not. */
function describeException({ name, message, stack }: UncaughtException): (readonly [string, Fact])[] {
  const frame = /^\s*at (.+)$/mu.exec(stack ?? '')?.[1];
  return [
    ['exception', name],
    ...(frame === undefined ? [] : [['at', frame.replaceAll(/[^\s()]*\//gu, '')] as const]),
    ...(name === HARMLESS_WORDS ? [['detail', message] as const] : []),
  ];
}

/** The platform keeps 256 kB of an invocation's lines. */
function truncated(worker: string, invocation: Invocation): Entry[] {
  if (!invocation.truncated) return [];
  const payload = { deployable: worker, event: 'lines.truncated' };
  return [{ severity: 'WARNING', atMs: invocation.atMs, worker, payload }];
}
