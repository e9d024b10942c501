import { expect, test } from 'vitest';
import { readDiagnostics } from './read-diagnostics.ts';

const run = (stdout: string, exitCode = 1, stderr = '') => ({ stdout, exitCode, stderr });
const wrong = {
  severity: 'error',
  summary: 'Unsupported argument',
  detail: 'An argument named "nam"\nis not expected here.',
  range: { filename: 'main.tf', start: { line: 3 } },
};

test('of validate: one document, file names as people know them', () => {
  expect(readDiagnostics(run(JSON.stringify({ diagnostics: [wrong] })), 'environments/dev')).toEqual({
    problems: ['environments/dev/main.tf:3: Unsupported argument: An argument named "nam" is not expected here.'],
    warnings: [],
  });
});

test('of plan and test: one message a line, each told once', () => {
  const line = JSON.stringify({ type: 'diagnostic', diagnostic: { ...wrong, detail: '' } });
  const other = JSON.stringify({ type: 'version', '@message': 'Terraform 1.11.4' });
  expect(readDiagnostics(run(`${other}\n${line}\n${line}\n`), '.').problems).toEqual([
    'main.tf:3: Unsupported argument',
  ]);
});

test('a warning is a problem, unless a check block of the configuration says it', () => {
  const told = (summary: string): string =>
    JSON.stringify({ type: 'diagnostic', diagnostic: { severity: 'warning', summary } });
  expect(
    readDiagnostics(run(`${told('Argument is deprecated')}\n${told('Check block assertion failed')}\n`, 0), '.'),
  ).toEqual({
    problems: ['Argument is deprecated'],
    warnings: ['Check block assertion failed'],
  });
});

test('a run that failed in plain words is a problem all the same', () => {
  expect(readDiagnostics(run('', 1, 'Error: no such module\n'), '.').problems).toEqual(['Error: no such module']);
  expect(readDiagnostics(run('', 7), '.').problems).toEqual(['terraform ended with 7 and said nothing']);
});

test('a run that went well says nothing', () => {
  expect(readDiagnostics(run(JSON.stringify({ diagnostics: [] }), 0), '.')).toEqual({ problems: [], warnings: [] });
});
