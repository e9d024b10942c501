import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nightProblems } from './user-data.ts';

const FILE = new URL('../../../../ansible/playbooks/files/proof-server.cloud-config', import.meta.url);

it('finds whatever differs from a night’s user_data but the instructions', () => {
  const proof = readFileSync(FILE, 'utf8');
  expect(nightProblems(proof)).toEqual([]);
  expect(nightProblems(proof.replace('innkeeper-backup', 'another'))).toEqual([
    expect.stringMatching(/: runcmd is not as/u),
  ]);
  expect(nightProblems(proof.replace('"0600"', '"0644"'))).toEqual([expect.stringMatching(/: write_files is not as/u)]);
  expect(nightProblems(`${proof}package_reboot_if_required: true\n`)).toEqual([
    expect.stringMatching(/package_reboot_if_required/u),
  ]);
});
