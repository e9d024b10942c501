import { expect, it } from 'vitest';
import { programs, runScript } from './testing/run-script.ts';

/** In place of Node, and of the check that it would run. */
const node = (version: string, code = 0): string =>
  programs({ node: `[ "$1" = --version ] && echo ${version} && exit\necho "\${1##*/packages/}" "$2"; exit ${code}` });
const validate = (words: readonly string[], bin: string) => runScript('validate-ansible.sh', words, { bin });

it('explains itself', () => {
  const { code, out } = validate(['--help'], '');
  expect([code, out]).toEqual([0, expect.stringContaining('Ends with 0 when all is well')]);
});

it('runs the checks, or the roles, and ends as they do', () => {
  expect(validate([], node('v24.1.0'))).toMatchObject({ code: 0, out: 'ansible-check/src/main.ts \n' });
  expect(validate(['--run-roles'], node('v25.0.0', 1))).toMatchObject({
    code: 1,
    out: 'ansible-check/src/main.ts --run-roles\n',
  });
  expect(validate([], node('v24.1.0', 2)).code).toBe(2);
});

it('says which Node it needs, and what it does not know', () => {
  expect(validate([], node('v22.12.0'))).toMatchObject({
    code: 2,
    err: 'validate-ansible: Node v22.12.0 is too old: 24 or newer is needed.\n',
  });
  expect(validate(['--fix'], node('v24.1.0'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('It knows no "--fix"') as unknown,
  });
});
