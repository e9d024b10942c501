import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A tag can be moved to other code; only a commit stays what was reviewed. */
export function findLooseActions(root: string): string[] {
  return globSync('.github/workflows/*.{yml,yaml}', { cwd: root }).flatMap(path =>
    looseActions(readFileSync(join(root, path), 'utf8')).map(problem => `${path}: ${problem}`),
  );
}

/** Pure: the actions of one workflow that are not pinned by commit, or do not say which release that commit is. */
export function looseActions(workflow: string): string[] {
  return [...workflow.matchAll(/^\s*-?\s*uses:\s*(\S+)(.*)$/gmu)].flatMap(([, action = '', rest = '']) => {
    if (action.startsWith('./')) return [];
    if (!/@[0-9a-f]{40}$/u.test(action)) return [`${action} is not pinned by its commit`];
    return /^\s+# v\d+(?:\.\d+)*$/u.test(rest) ? [] : [`${action} does not name its release in a comment ("# v1.2.3")`];
  });
}
