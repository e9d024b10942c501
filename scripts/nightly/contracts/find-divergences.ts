import { createHash } from 'node:crypto';
import type { Finding } from '@innkeeper/github-reports/issues/finding';
import { stripSecrets } from '@innkeeper/github-reports/text/strip-secrets';
import { codeBlock } from '../../workflows/findings/code-block.ts';
import type { ContractReport, Problem } from './contract-report.ts';
import { isServed } from './services.ts';
import type { Suite } from './suites.ts';

export interface DivergenceOptions {
  readonly suites: readonly Suite[];
  /** They go wherever they stand. */
  readonly secrets: readonly string[];
}

const TITLE_CHARACTERS_MAX = 250;
const SLUG_CHARACTERS_MAX = 100;
const PROBLEM_CHARACTERS_MAX = 8_000;

/**
 * One finding for each test that failed, and one for each file of which something did not run. Pure. Keys are made of
 * the port and the test's names: the same from night to night, as long as nobody renames the test.
 */
export function findDivergences(report: ContractReport, { suites, secrets }: DivergenceOptions): Finding[] {
  return report.files.flatMap(({ file, problems, tests }) => {
    const suite = suites.find(one => one.file === file) ?? { port: file, on: 'stand-in', file };
    const write = (names: readonly string[], found: readonly Problem[]): Finding => ({
      key: `${slugOf(suite.port)}/${keyOf([file, ...names])}`,
      title: fit(`${suite.port} on ${suite.on}: ${names.at(-1) ?? ''}`, TITLE_CHARACTERS_MAX),
      body: stripSecrets(steady(bodyOf(suite, names, found)), secrets),
    });
    const notRun = tests.filter(({ state }) => state === 'not_run').length;
    const outside = [
      ...problems,
      ...(notRun > 0 ? [{ message: `${notRun} of ${tests.length} tests did not run.` }] : []),
      ...(tests.length === 0 && problems.length === 0 ? [{ message: 'The file has no test.' }] : []),
    ];
    return [
      ...(outside.length > 0 ? [write([`${baseName(file)} did not run as a whole`], outside)] : []),
      ...tests.filter(({ state }) => state === 'failed').map(test => write(test.names, test.problems)),
    ];
  });
}

function bodyOf({ file, on }: Suite, names: readonly string[], problems: readonly Problem[]): string {
  const isReal = isServed(on);
  const prepare = ['scripts/nightly/prepare-services.sh services.env', 'set -a; . ./services.env; set +a'];
  const options = `${isReal ? '' : '--stand-ins '}--only ${file} --report report.json`;
  return [
    `\`${file}\`: ${names.join(' › ')}`,
    '',
    ...problems.flatMap(({ message, difference }) => [
      codeBlock(
        fit(difference === undefined ? message : `${message}\n\n${difference}`, PROBLEM_CHARACTERS_MAX),
        'diff',
      ),
      '',
    ]),
    isReal ? 'Again, on a machine with Docker:' : 'Again:',
    '',
    codeBlock([...(isReal ? prepare : []), `./dev nightly-contracts ${options}`].join('\n'), 'sh'),
    ...(isReal
      ? ['', 'Where the stand-in passes it, it differs from the server: `services/README.md` says what to do.']
      : []),
  ].join('\n');
}

/** What is another one in each run says nothing. */
const steady = (text: string): string =>
  text
    .replaceAll(/(?<=innkeeper[_-]test[_-]|\btest-)[0-9a-f]{12}/gu, '…')
    .replaceAll(/127\.0\.0\.1:\d{4,5}/gu, '127.0.0.1:…');

const fit = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 2)} …`);

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

const slugOf = (words: string): string =>
  words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');

function keyOf([file = '', ...names]: readonly string[]): string {
  const slug = slugOf(names.at(-1) ?? '')
    .slice(0, SLUG_CHARACTERS_MAX)
    .replace(/-$/u, '');
  const digest = createHash('sha256')
    .update(JSON.stringify([file, ...names]))
    .digest('hex')
    .slice(0, 8);
  return `${slug === '' ? 'test' : slug}-${digest}`;
}
