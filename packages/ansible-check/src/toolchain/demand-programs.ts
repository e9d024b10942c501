import { runProgram } from '../run-program.ts';
import { PYTHON } from './prepare.ts';

/** Programs of the machine that the checks are made with, and the Debian package of each. */
const PROGRAMS = {
  'cloud-init': 'cloud-init',
  docker: 'docker-cli or docker-ce-cli (the client alone; no engine)',
  ip: 'iproute2',
  mmdebstrap: 'mmdebstrap',
  nft: 'nftables',
  psql: 'postgresql',
  [PYTHON]: 'python3 python3-venv',
  ssh: 'openssh-client',
  unshare: 'util-linux',
} as const;

/** A sentence for each that is missing, with what to install. */
export async function missingPrograms(): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(PROGRAMS).map(async ([program, debianPackage]) => {
      const { exitCode } = await runProgram('sh', ['-c', `command -v ${program}`]);
      return exitCode === 0 ? [] : [`${program} is missing: apt-get install ${debianPackage}`];
    }),
  );
  const isRoot = process.getuid?.() === 0;
  return [...found.flat(), ...(isRoot ? [] : ['Invented servers need mounts and networks of their own: run as root.'])];
}
