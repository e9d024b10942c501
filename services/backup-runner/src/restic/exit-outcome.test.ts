import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StepFailure } from '../run/step.ts';
import { failureOf, type ResticEnd } from './exit-outcome.ts';
import { listenToRestic } from './spoken.ts';

const ended = (changes: Partial<ResticEnd> = {}): ResticEnd => ({
  command: 'backup',
  code: 1,
  signal: undefined,
  missing: false,
  cancelled: false,
  said: '',
  errors: 0,
  ...changes,
});

describe('how restic ends', () => {
  it.each<[string, Partial<ResticEnd>, string | undefined]>([
    ['well', { code: 0 }, undefined],
    ['well, although it was asked to stop', { code: 0, cancelled: true }, undefined],
    ['with 1', { code: 1 }, 'restic_failed'],
    ['with 2', { code: 2, said: 'panic: runtime error' }, 'restic_crashed'],
    ['with 3 from a backup', { code: 3 }, 'source_unreadable'],
    ['with 3 from forget', { code: 3, command: 'forget' }, 'restic_failed'],
    ['with 10', { code: 10 }, 'repository_missing'],
    ['with 11', { code: 11 }, 'repository_locked'],
    ['with 12', { code: 12 }, 'repository_wrong_password'],
    ['with 130', { code: 130 }, 'restic_cancelled'],
    ['with a code nobody knows', { code: 99 }, 'restic_failed'],
    ['by a signal', { code: undefined, signal: 'SIGKILL' }, 'restic_crashed'],
    ['by a signal it was sent', { code: undefined, signal: 'SIGKILL', cancelled: true }, 'restic_cancelled'],
    ['before it began', { code: undefined, missing: true }, 'program_missing'],
  ])('%s', (_how, end, reason) => {
    expect(failureOf(ended(end))?.reason).toBe(reason);
  });
});

interface Speech {
  readonly what: string;
  readonly code: number;
  readonly reason: string;
  readonly lines: readonly string[];
}

/** What restic 0.19.1 wrote to standard error at its end, case by case. */
const SPEECHES: readonly Speech[] = readFileSync(new URL('__fixtures__/spoken.txt', import.meta.url), 'utf8')
  .split(/^== /mu)
  .slice(1)
  .map(text => {
    const [head = '', ...lines] = text.trimEnd().split('\n');
    const [what = '', code = '', reason = ''] = head.split(' | ');
    return { what, code: Number(code), reason, lines };
  });

function failureAfter({ code, lines }: Speech): StepFailure | undefined {
  const spoken = listenToRestic();
  for (const line of lines) spoken.hear(line);
  const [said, lastWords, errors] = [spoken.words(), spoken.lastWords(), spoken.errors()];
  return failureOf(ended({ code, said, lastWords, errors }));
}

describe('what restic says', () => {
  it.each(SPEECHES)('$what: $reason', speech => {
    expect(failureAfter(speech)?.reason).toBe(speech.reason);
  });

  it('counts when it is the reason, not when it was over before', () => {
    const lines = [
      'Save(<data/186d2e4697>) returned error, retrying after 1.2s: unexpected HTTP response (503): 503',
      '{"message_type":"error","message":"Remove(<lock/143d>) failed: unexpected HTTP response (403): 403 Forbidden"}',
      '{"message_type":"exit_error","code":1,"message":"Fatal: repository contains errors"}',
    ];
    expect(failureAfter({ what: '', code: 1, reason: '', lines })?.reason).toBe('repository_damaged');
    expect(failureAfter({ what: '', code: 3, reason: '', lines })?.reason).toBe('source_unreadable');
    expect(failureAfter({ what: '', code: 1, reason: '', lines: lines.slice(0, 1) })?.reason).toBe('restic_failed');
    const unread = 'Load(<data/186d2e4697>, 530675, 0) failed: unexpected HTTP response (503): 503 Service Unavailable';
    const afterOutage = failureAfter({ what: '', code: 1, reason: '', lines: [unread, ...lines] });
    expect(afterOutage?.reason).toBe('vault_unavailable');
  });

  it('is told without names of files and addresses, but with its cause', () => {
    const details = SPEECHES.map(speech => failureAfter(speech)?.detail ?? '');
    expect(details.filter(detail => /private|127\.0|srv/u.test(detail))).toEqual([]);
    expect(details).toContain('restic backup ended with 3: permission denied, 1 error.');
    expect(details).toContain('restic backup ended with 1: the vault answered 507.');
  });
});
