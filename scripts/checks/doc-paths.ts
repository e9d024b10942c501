import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob, normalize } from 'node:path';

/** Every path that a guide cites has to exist: a guide that points nowhere is worse than none. */
const SOURCE_FILE = /\.(?:ts|md|json|jsonc|ya?ml|sh)$/u;
const PATH = /^(?:\.{1,2}\/)?[\w@.{},*-]+(?:\/[\w@.{},*-]+)*\/?$/u;

/** What every company adds to its own copy: encrypted, so in its git, and in no other. */
const ADDED = ['**/swarm.sops.yaml'];

export function findDeadPaths(root: string): string[] {
  const guides = globSync(
    [
      '*.md',
      '.github/*.md',
      '{ansible,bench,eval,secrets,services,terraform}/*.md',
      '{packages,functions,workers,services}/*/*.md',
    ],
    { cwd: root },
  );
  const made = madeHere(root);
  const topLevel = new Set(
    globSync(['*/', '.*/'], { cwd: root })
      .map(folder => folder.replace(/\/$/u, ''))
      .filter(folder => !isMade(made, `${folder}/`)),
  );
  return guides.flatMap(guide =>
    citedPaths(readFileSync(join(root, guide), 'utf8'), topLevel)
      .filter(path => !isMade(made, path) && !isThere(root, guide, path))
      .map(path => `${guide}: ${path} does not exist`),
  );
}

/**
 * The paths of this repository that a Markdown text names: link targets, and words in code that start with one of its
 * folders or end like one of its sources. Addresses, routes and package names are none.
 */
export function citedPaths(markdown: string, topLevel: ReadonlySet<string>): string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/gu)]
    .map(match => (match[1] ?? '').replace(/#.*$/u, ''))
    .filter(target => target !== '' && !target.includes(':'));
  const code = [...markdown.matchAll(/```[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/gu)]
    .flatMap(match => (match[1] ?? match[2] ?? '').split(/\s+/u))
    .filter(word => PATH.test(word) && word.includes('/'))
    .filter(word => word.startsWith('./') || topLevel.has(word.split('/')[0] ?? '') || SOURCE_FILE.test(word))
    .filter(word => !word.startsWith('@'));
  return [...new Set([...links, ...code])];
}

/** Patterns of what is made on a machine and is in no clone, so that citing it says nothing wrong. */
function madeHere(root: string): readonly string[] {
  const ignored = join(root, '.gitignore');
  const lines = existsSync(ignored) ? readFileSync(ignored, 'utf8').split('\n') : [];
  return [...lines.filter(line => line.includes('/')), ...ADDED];
}

const isMade = (patterns: readonly string[], path: string): boolean =>
  patterns.some(pattern => matchesGlob(path, pattern.endsWith('/') ? `${pattern}**` : pattern));

/** From the root, from the guide's own folder or its `src`, or from `ansible`; braces, stars and ENV must match something. */
function isThere(root: string, guide: string, path: string): boolean {
  // Ansible reads its settings from the folder it is started in.
  const folders = [root, join(root, dirname(guide)), join(root, dirname(guide), 'src'), join(root, 'ansible')];
  const pattern = path.replaceAll(/\bENV\b/gu, '*');
  return folders.some(folder =>
    /[{*]/u.test(pattern) ? globSync(pattern, { cwd: folder }).length > 0 : existsSync(normalize(join(folder, path))),
  );
}
