import { join } from 'node:path';
import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';

const FILE = 'playbooks/files/build-server.cloud-config';

/** What the build server is started with, as cloud-init itself reads it. */
export const userData: Check = {
  name: 'user data',
  run: async () => {
    const { exitCode, stdout, stderr } = await runProgram('cloud-init', [
      'schema',
      '--config-file',
      join(ANSIBLE, FILE),
    ]);
    return { seen: FILE, problems: exitCode === 0 ? [] : [`${stdout}${stderr}`.trim()] };
  },
};
