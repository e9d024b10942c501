import { expect, it } from 'vitest';
import { programs, runScript } from './testing/run-script.ts';

/** In place of the command itself, which services/backup-runner/test/verify.test.ts tries; `node -p` is Node. */
const node = (code: number): string =>
  programs({
    node: [
      `[ "$1" = -p ] && exec ${process.execPath} "$@"`,
      'program=$1; shift; echo "$GOOGLE_CLOUD_PROJECT" "${program##*/services/}" "$@"',
      `exit ${code}`,
    ].join('\n'),
  });
const verify = (words: readonly string[], code = 0) => runScript('backup-verify.sh', words, { bin: node(code) });

it('explains itself', () => {
  const { code, out } = verify(['--help']);
  expect([code, out]).toEqual([0, expect.stringContaining('--freshness-hours N')]);
});

it('asks the project of the environment, and hands on what was asked', () => {
  const words = ['--freshness-hours', '30', '--environment', 'staging', '--restore-days', '9', '--json'];
  const { code, out } = verify(words);
  expect([code, out]).toEqual([
    0,
    'innkeeper-staging backup-runner/operate/main.ts verify --freshness-hours 30 --restore-days 9 --json\n',
  ]);
});

it.each([1, 2])('ends with %i when the command does', code => {
  expect(verify(['--environment', 'prod'], code).code).toBe(code);
});

it.each([
  ['no environment', [], 'Which environment?'],
  ['an unknown environment', ['--environment', 'live'], 'There is no environment "live"'],
  ['a path for an environment', ['--environment', '../prod'], 'no name of an environment'],
  ['an option without its value', ['--environment'], '--environment needs a value'],
  ['an unknown option', ['--env', 'prod'], 'It knows no "--env"'],
])('is not done with %s', (_, words, sentence) => {
  const { code, out, err } = verify(words);
  expect([code, out, err]).toEqual([2, '', expect.stringContaining(sentence)]);
});
