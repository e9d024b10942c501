import { INSTRUCTIONS_PATH, RUNNER_UNIT, type RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { stringify } from 'yaml';

const BYTES_MAX = 32 * 1024; // Hetzner's limit; the template has half a kilobyte

/** What a new server is told, as cloud-init's user_data: `#cloud-config` YAML. Pure. @throws Error above 32 KiB, which takes an absurd address. */
export function renderUserData(instructions: RunInstructions): string {
  const config = {
    // `/run` is memory, so a server that is started again finds no instructions and does nothing. systemd has mounted it
    // long before cloud-init's first stage. Not `defer`: that writes in the last stage, which also runs `runcmd`.
    write_files: [
      {
        path: INSTRUCTIONS_PATH,
        owner: 'root:root',
        permissions: '0600',
        content: `${asciiJson(instructions)}\n`,
      },
    ],
    // Not waited for: the unit runs for hours, and cloud-init would count as unfinished all the while.
    runcmd: [['systemctl', 'start', '--no-block', RUNNER_UNIT]],
    // The keys of the snapshot would be the same on every server made from it.
    ssh_deletekeys: true,
    ssh_genkeytypes: ['ed25519'],
    ssh_pwauth: false,
    // The snapshot is what was tested.
    package_update: false,
    package_upgrade: false,
  };
  const text = `#cloud-config\n${stringify(config, { lineWidth: 0 })}`;
  if (Buffer.byteLength(text) > BYTES_MAX) throw new Error('user_data above 32 KiB');
  return text;
}

/** YAML parsers differ over what lies beyond plain ASCII; JSON can say all of it in ASCII. */
function asciiJson(value: unknown): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(/[^ -~]/g, escape);
}
