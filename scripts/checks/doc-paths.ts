import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** Every path that a guide cites has to exist: a guide that points nowhere is worse than none. */
const SOURCE_FILE = /\.(?:ts|md|json|jsonc|ya?ml|sh)$/u;
const PATH = /^(?:\.{1,2}\/)?[\w@.{},*-]+(?:\/[\w@.{},*-]+)*\/?$/u;

export function findDeadPaths(root: string): string[] {
  const guides = globSync(
    ['*.md', '.github/*.md', '{bench,services}/*.md', '{packages,functions,workers,services}/*/*.md'],
    { cwd: root },
  );
  const topLevel = new Set(globSync(['*/', '.*/'], { cwd: root }).map(folder => folder.replace(/\/$/u, '')));
  return guides.flatMap(guide =>
    citedPaths(readFileSync(join(root, guide), 'utf8'), topLevel)
      .filter(path => !isThere(root, guide, path))
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

/** From the root, from the guide's own folder or from its `src`; braces and stars must match something. */
function isThere(root: string, guide: string, path: string): boolean {
  const folders = [root, join(root, dirname(guide)), join(root, dirname(guide), 'src')];
  return folders.some(folder =>
    /[{*]/u.test(path) ? globSync(path, { cwd: folder }).length > 0 : existsSync(normalize(join(folder, path))),
  );
}
