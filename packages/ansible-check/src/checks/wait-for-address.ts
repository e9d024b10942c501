import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../check.ts';
import { runProgram } from '../run-program.ts';
import type { Renderings } from '../servers/render-environment.ts';

const UNIT = 'etc/systemd/system/docker.service.d/wait-for-address.conf';
const ADDRESS = '10.30.1.11';
/** Not the server's, though its begins like it. */
const ANOTHER = '10.30.1.110';
/** In place of `sleep`: the address comes while it is waited for; whoever waits again is ended. */
const SLEEP = `#!/bin/sh
echo slept
ip address add ${ADDRESS}/24 dev lo || kill $PPID
`;

/** What stands in front of Docker's engine, run in a network of its own that gets its address late. */
export const waitForAddress = (renderings: Renderings): Check => ({
  name: 'address',
  run: async () => {
    const seen = 'the engine waits for its private address, and for no other';
    const rendered = await renderings('prod');
    const unit = rendered.ok ? rendered.value.files.get(UNIT) : undefined;
    const command = /^ExecStartPre=(.+)$/mu.exec(unit ?? '')?.[1];
    if (command === undefined) return { seen, problems: [`${UNIT} waits for nothing`] };
    const work = await mkdtemp(join(tmpdir(), 'innkeeper-address-'));
    try {
      await writeFile(join(work, 'sleep'), SLEEP);
      await chmod(join(work, 'sleep'), 0o755);
      const script = `ip link set lo up && ip address add ${ANOTHER}/24 dev lo && ${command}; exit $?`;
      const { exitCode, stdout, stderr } = await runProgram('unshare', ['--net', 'sh', '-c', script], {
        environment: { PATH: `${work}:${process.env['PATH'] ?? ''}` },
      });
      const isWell = exitCode === 0 && stdout === 'slept\n';
      return { seen, problems: isWell ? [] : [`${command}: ended with ${exitCode}: ${stdout}${stderr}`.trim()] };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});
