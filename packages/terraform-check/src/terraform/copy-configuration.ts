import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * A copy in a folder of its own, so that a check leaves nothing behind and two may run at once. Its state lies beside
 * it: a backend would want an account.
 */
export interface Copy {
  readonly root: string;
  readonly remove: () => void;
}

const NOT_COPIED = /^(?:\.terraform|.*\.tfstate(?:\.backup)?|.*\.tfplan)$/u;
const BACKEND = /^\s*(?:backend\s+"|cloud\s*\{)/mu;
const LOCAL_BACKEND = 'terraform {\n  backend "local" {}\n}\n';

/** `folder` is absolute. */
export function copyConfiguration(folder: string): Copy {
  const beside = mkdtempSync(join(tmpdir(), 'innkeeper-terraform-'));
  const root = join(beside, basename(folder));
  linkNeighbours(dirname(folder), basename(folder), beside);
  cpSync(folder, root, { recursive: true, filter: path => !NOT_COPIED.test(basename(path)) });
  for (const file of globSync('**/*.tf', { cwd: root })) {
    if (BACKEND.test(readFileSync(join(root, file), 'utf8'))) {
      writeFileSync(join(root, file, '..', 'local_backend_override.tf'), LOCAL_BACKEND);
    }
  }
  return { root, remove: () => rmSync(beside, { recursive: true, force: true }) };
}

/** A configuration reads files beside it, as `../../../functions/manifest.json`. */
function linkNeighbours(from: string, except: string, to: string): void {
  for (const name of readdirSync(from)) {
    if (name !== except) symlinkSync(join(from, name), join(to, name));
  }
}

/** Folders below `folder` with tests, relative to it. */
export const foldersWithTests = (folder: string): readonly string[] =>
  [
    ...new Set(
      globSync('**/*.tftest.hcl', { cwd: folder, exclude: name => name === '.terraform' }).map(file =>
        file
          .split('/')
          .slice(0, -1)
          .join('/')
          .replace(/\/?tests$/u, ''),
      ),
    ),
  ].sort();

/**
 * Files of `stages/`, relative to `folder`: values that an environment has later on, as after its first deployment.
 * Each is planned as well.
 */
export const stagesOf = (folder: string): readonly string[] =>
  globSync('stages/*.{tfvars,tfvars.json}', { cwd: folder }).sort();

/** Names of the environments, sorted. */
export const environmentsOf = (folder: string): readonly string[] =>
  existsSync(join(folder, 'environments'))
    ? globSync('environments/*/*.tf', { cwd: folder })
        .map(file => file.split('/')[1] ?? '')
        .filter((name, index, names) => names.indexOf(name) === index)
        .sort()
    : [];
