import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { renderUserData } from '@innkeeper/backup/cloud-init/user-data';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';

const FOLDER = join(ANSIBLE, 'playbooks/files');
const BUILD = 'build-server.cloud-config';
const PROOF = 'proof-server.cloud-config';

/** What servers are started with for the image, as cloud-init itself reads it; the proof is started as a night is. */
export const userData: Check = {
  name: 'user data',
  run: async () => {
    const schema = await Promise.all([BUILD, PROOF].map(schemaProblems));
    const differs = nightProblems(await readFile(join(FOLDER, PROOF), 'utf8'));
    return { seen: `${BUILD}, ${PROOF}`, problems: [...schema.flat(), ...differs] };
  },
};

async function schemaProblems(file: string): Promise<string[]> {
  const { exitCode, stdout, stderr } = await runProgram('cloud-init', ['schema', '--config-file', join(FOLDER, file)]);
  return exitCode === 0 ? [] : [`${file}: ${`${stdout}${stderr}`.trim()}`];
}

const CloudConfig = z.looseObject({ write_files: z.array(z.looseObject({ content: z.string() })) });

/** Whether it is what functions/backup writes, but for the instructions. Pure. */
export function nightProblems(proof: string): string[] {
  const instructions = RunInstructions.parse({
    v: 1,
    runId: '2026-11-21',
    exchangeUrl: 'https://exchange.example',
    token: 'A'.repeat(43),
  });
  const withoutContents = (text: string): Record<string, unknown> => {
    const config = CloudConfig.parse(parse(text));
    return { ...config, write_files: config.write_files.map(file => ({ ...file, content: '' })) };
  };
  const [night, ours] = [withoutContents(renderUserData(instructions)), withoutContents(proof)];
  return [...new Set([...Object.keys(night), ...Object.keys(ours)])]
    .filter(key => !isDeepStrictEqual(night[key], ours[key]))
    .map(key => `${PROOF}: ${key} is not as functions/backup has it: ${JSON.stringify(night[key])}`);
}
