import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANSIBLE, PREPARED } from '../folders.ts';
import { runProgram } from '../run-program.ts';

/** What is made once and found again as long as what it was made from is the same: a folder named by its digest. */
export interface Prepared {
  /** Folder with ansible-playbook and ansible-lint. */
  readonly programs: string;
  /** A small Debian 12, what the roles install of Debian's included. */
  readonly debian: string;
}

/** Of Debian: what the roles install, so that they run without a network, and what every server of Hetzner's has. */
const PACKAGES = [
  ...['apt-listchanges', 'ca-certificates', 'chrony', 'curl', 'nftables', 'python3-apt', 'sudo', 'unattended-upgrades'],
  ...[
    'python3-debian',
    'python3-docker',
    'python3-jsondiff',
    'python3-yaml',
    'bzip2',
    'fuse3',
    'gpg',
    'cloud-init',
    'apparmor',
  ],
  ...['iproute2', 'openssh-server', 'procps', 'python3', 'systemd', 'systemd-sysv'],
];
/** Debian's or Ubuntu's: one that was built by hand is often half as fast. */
export const PYTHON = '/usr/bin/python3';
const RELEASE = 'bookworm';
/** Where this machine has the same release from. Another one's sources do not have it; mmdebstrap knows Debian's. */
const SOURCES = ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list'];

export async function prepare(say: (line: string) => void): Promise<Prepared> {
  const requirements = join(ANSIBLE, 'requirements.txt');
  const environment = await once('python', `${PYTHON} ${await readFile(requirements, 'utf8')}`, say, async folder => {
    await demand(PYTHON, ['-m', 'venv', folder]);
    // A virtual environment knows its own place, so it is made where it stays.
    await demand(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  });
  const debian = await once('debian', PACKAGES.join(' '), say, folder =>
    demand('mmdebstrap', [
      '--quiet',
      '--variant=apt',
      '--mode=root',
      '--aptopt=Acquire::Languages "none"',
      `--include=${PACKAGES.join(',')}`,
      RELEASE,
      folder,
      ...SOURCES.filter(file => existsSync(file) && readFileSync(file, 'utf8').includes(RELEASE)).slice(0, 1),
    ]),
  );
  return { programs: join(environment, 'bin'), debian };
}

async function once(
  name: string,
  madeFrom: string,
  say: (line: string) => void,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(PREPARED, `${name}-${createHash('sha256').update(madeFrom).digest('hex').slice(0, 12)}`);
  const done = `${folder}.done`;
  if (existsSync(done)) return folder;
  say(`· preparing ${folder} (once)`);
  await mkdir(PREPARED, { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await make(folder);
  await writeFile(`${done}.new`, '');
  await rename(`${done}.new`, done);
  return folder;
}

async function demand(program: string, args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runProgram(program, args);
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}: ${stderr.trim().slice(-2000)}`);
}
