import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Of the hidden ones; what pnpm notes about this folder is no business of the copy. */
const LINKED = new Set(['.bin', '.pnpm']);
const SHELL_BYTES_MAX = 64 * 1024 * 1024;

/**
 * A copy of the repository as it lies on the disk, commits aside, that commands run in as in any other: what an
 * operator writes by hand is written there. Installed packages are linked, which takes a second instead of minutes.
 */
export async function copyRepository(root: string, copy: string): Promise<void> {
  await mkdir(copy, { recursive: true });
  // Without what git ignores; packages' own folders hold links alone, which lead into the copy where they led into this.
  const pack =
    '{ git ls-files -z --cached --others --exclude-standard; ' +
    'find packages workers functions services eval -maxdepth 2 -name node_modules -prune -print0; } | ' +
    'tar --null --files-from=- --ignore-failed-read --warning=no-file-changed -cf - 2>/dev/null | tar -xf - -C "$1"';
  await run('bash', ['-c', pack, 'bash', copy], { cwd: root, maxBuffer: SHELL_BYTES_MAX });
  await linkPackages(root, copy);
  const git = (...words: readonly string[]) => run('git', ['-C', copy, ...words], { maxBuffer: SHELL_BYTES_MAX });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  const who = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@example.com', '-c', 'commit.gpgsign=false'];
  await git(...who, 'commit', '--quiet', '--no-verify', '--message=As it lies on the disk');
}

async function linkPackages(root: string, copy: string): Promise<void> {
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  await mkdir(to);
  for (const name of await readdir(from)) {
    // Links to packages of this repository, which have to be the copy's.
    if (name === '@innkeeper') await cp(join(from, name), join(to, name), { recursive: true, verbatimSymlinks: true });
    else if (LINKED.has(name) || !name.startsWith('.')) await symlink(join(from, name), join(to, name));
  }
  await symlink(join(root, '.toolchain'), join(copy, '.toolchain'));
  // `./dev` takes packages for installed where this file holds the digest it counts itself.
  const note = "source <(sed '$d' dev); ROOT=$PWD; manifests_hash >node_modules/.innkeeper-installed";
  await run('bash', ['-c', note], { cwd: copy });
}
