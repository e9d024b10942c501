import { accessSync, constants, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Callable, houseRules, unknownCommands } from './workflows/house-rules.ts';
import { prepareLinters } from './workflows/prepare-linters.ts';
import { problemsOfProgram } from './workflows/problems-of-program.ts';
import { runLinters } from './workflows/run-linters.ts';

/** A tag can be moved to other code; only a commit stays what was reviewed. */
export function findLooseActions(root: string): string[] {
  return filesOf(root).flatMap(path =>
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

/**
 * Everything wrong with the workflows below `root`, their actions and their scripts: by actionlint, zizmor, shellcheck
 * and rules of our own. The linters are fetched the first time, in about 15 s; then it takes one.
 */
export async function findWorkflowProblems(root: string): Promise<readonly string[]> {
  const files = filesOf(root);
  if (files.length === 0) return ['.github/workflows holds no workflow'];
  const linters = await prepareLinters(root);
  if (!linters.ok) return linters.error;
  const scripts = globSync('scripts/workflows/*.sh', { cwd: root }).toSorted();
  const callable = callableOf(root);
  const [linted, checked] = await Promise.all([
    runLinters(root, files, linters.value),
    scripts.length === 0 ? [] : problemsOfProgram(root, 'shellcheck', ['--format=gcc', ...scripts]),
  ]);
  return [
    ...linted,
    ...checked,
    ...files.flatMap(path => houseRules(path, readFileSync(join(root, path), 'utf8'), callable)),
    ...scripts.flatMap(path =>
      unknownCommands(readFileSync(join(root, path), 'utf8'), callable.commands).map(
        word => `${path}: calls ./dev ${word}, which does not exist`,
      ),
    ),
  ];
}

const filesOf = (root: string): string[] =>
  globSync(['.github/workflows/*.{yml,yaml}', '.github/actions/*/action.{yml,yaml}'], { cwd: root }).toSorted();

/** Commands that `./dev` starts by itself, by the labels of its `case`. Pure. */
function ownCommands(dev: string): string[] {
  const labels = dev.matchAll(/^ {4}(?<words>[a-z][a-z-]*(?: \| [a-z][a-z-]*)*)\)/gmu);
  return [...labels].flatMap(({ groups }) => groups?.['words']?.split(' | ') ?? []);
}

const PackageJson = z.object({ scripts: z.record(z.string(), z.string()) });

function callableOf(root: string): Callable {
  const { scripts } = PackageJson.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return {
    commands: new Set([...Object.keys(scripts), ...ownCommands(readFileSync(join(root, 'dev'), 'utf8'))]),
    isExecutable(path) {
      try {
        accessSync(join(root, path), constants.X_OK);
        return true;
      } catch {
        return false; // Missing, or not executable: the runner would say the same.
      }
    },
  };
}
