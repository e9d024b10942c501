import type { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { ProgramEnd } from '../run/program-runner.ts';
import type { StepFailure } from '../run/step.ts';

/**
 * What an end of restic means, by exit code and by what it said on the way. Pure. restic's words hold names of files,
 * so a detail is made of this table's own words and of causes from a fixed list.
 */
export interface ResticEnd extends Pick<ProgramEnd, 'code' | 'signal' | 'missing'> {
  /** `backup`, `check` … */
  readonly command: string;
  /** What it wrote to standard error; the last lines. */
  readonly said: string;
  /** Why it ended, if it said so: counts before all the rest. */
  readonly lastWords?: string;
  /** How many files, packs or locks it could not deal with. */
  readonly errors?: number;
  /** The runner asked it to stop. */
  readonly cancelled: boolean;
}

/** `undefined`: it did what it was asked. */
export function failureOf(end: ResticEnd): StepFailure | undefined {
  if (end.code === 0) return undefined;
  if (end.missing) return { reason: 'program_missing', detail: 'restic is not on this server.' };
  if (end.cancelled || end.code === 130) return told(end, 'restic_cancelled');
  if (end.code === undefined || end.code === 2) return told(end, 'restic_crashed');
  const byCode = EXIT_CODES[end.code];
  if (byCode !== undefined) return told(end, byCode);
  if (isUnreadableSource(end)) return told(end, 'source_unreadable');
  const { lastWords = '' } = end;
  const isSummary = COUNTED.test(lastWords);
  return told(end, (isSummary ? undefined : bySpeech(lastWords)) ?? bySpeech(end.said) ?? 'restic_failed');
}

/** Last words that only say how many errors stand before them. */
const COUNTED = /repository contains errors|There were \d+ errors/u;

const EXIT_CODES: Readonly<Record<number, RunnerFailure>> = {
  10: 'repository_missing',
  11: 'repository_locked',
  12: 'repository_wrong_password',
};

/** 3 is also how `forget` says that a snapshot could not be removed. */
const isUnreadableSource = (end: ResticEnd): boolean => end.code === 3 && end.command === 'backup';

/** In order: a vault that does not answer makes a repository look damaged. */
const SPEECH: readonly (readonly [pattern: RegExp, reason: RunnerFailure])[] = [
  [/unexpected HTTP response \(507\)|insufficient storage/iu, 'repository_full'],
  [/unexpected HTTP response \(40[13]\)/u, 'vault_refused'],
  [/unexpected HTTP response \((?:408|429|5\d\d)\)/u, 'vault_unavailable'],
  [/connection (?:refused|reset)|no such host|network is unreachable|no route to host/u, 'vault_unavailable'],
  [/TLS handshake|x509:|i\/o timeout|deadline exceeded|server misbehaving/u, 'vault_unavailable'],
  [/no space left on device/u, 'disk_full'],
  [/disk quota exceeded/u, 'disk_full'],
  [/ciphertext verification failed|repository contains errors|repository is damaged/u, 'repository_damaged'],
  [/(?:invalid data returned|not found in repository|wrong hash|data seems to have changed)/u, 'repository_damaged'],
];

const bySpeech = (said: string): RunnerFailure | undefined => SPEECH.find(([pattern]) => pattern.test(said))?.[1];

function told(end: ResticEnd, reason: RunnerFailure): StepFailure {
  const how = end.code === undefined ? `was ended by ${end.signal ?? 'the system'}` : `ended with ${end.code}`;
  const { errors = 0 } = end;
  const causes = CAUSES.filter(cause => end.said.includes(cause));
  const status = /unexpected HTTP response \((\d{3})\)/u.exec(`${end.lastWords ?? ''}\n${end.said}`)?.[1];
  const why = [
    ...(status === undefined ? [] : [`the vault answered ${status}`]),
    ...causes,
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? 'error' : 'errors'}`]),
  ];
  return { reason, detail: `restic ${end.command} ${how}${why.length === 0 ? '' : `: ${why.join(', ')}`}.` };
}

/** Words of the operating system and of restic that name no file. */
const CAUSES = [
  'permission denied',
  'no such file or directory',
  'input/output error',
  'stale NFS file handle',
  'transport endpoint is not connected',
  'no space left on device',
  'disk quota exceeded',
  'connection refused',
  'connection reset',
  'no such host',
  'network is unreachable',
  'i/o timeout',
  'deadline exceeded',
  'TLS handshake',
  'ciphertext verification failed',
  'repository contains errors',
  'not found in repository',
  'no matching ID found',
  'no data read',
  'executable file not found',
  'command failed',
] as const;
