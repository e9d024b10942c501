import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findHeavyWorkers } from './bundle-sizes.ts';
import type { Check } from './check.ts';
import { findDeadPaths } from './doc-paths.ts';
import { findSilentDirections } from './import-directions.ts';
import { readPins } from './read-pins.ts';
import { problemsOfTool } from './run-tool.ts';
import { findSecretsInHistory } from './secrets-scan.ts';
import { findVersionDrift } from './versions.ts';
import { findLooseActions } from './workflows.ts';

/** Whoever wants to see the differences runs `./dev format` and looks at them in git. */
const FORMAT = ['ci', '--linter-enabled=false', '--reporter=summary', '--colors=off', '.'];

/** The slowest first, so that the rest fits beside them. */
export function allChecks(root: string): readonly Check[] {
  return [
    { name: 'lint with types', run: () => problemsOfTool(root, 'oxlint', ['--type-aware']) },
    { name: 'types', run: () => problemsOfTool(root, 'tsc', ['-b']) },
    { name: 'dead code', run: () => problemsOfTool(root, 'knip', ['--no-progress']) },
    { name: 'format and imports', run: () => problemsOfTool(root, 'biome', FORMAT) },
    { name: 'plain secrets', run: () => findSecretsInHistory(root) },
    { name: 'import directions', run: () => findSilentDirections(root) },
    { name: 'size of the Workers', run: () => findHeavyWorkers(root) },
    { name: 'pinned versions', run: async () => findVersionDrift(readPins(root)) },
    { name: 'cited paths', run: async () => findDeadPaths(root) },
    { name: 'pinned actions', run: async () => findLooseActions(root) },
    { name: 'configuration table', run: () => problemsOfTable(root, 'scripts/config-table.ts') },
    { name: 'tables of events', run: () => problemsOfTable(root, 'scripts/mapping-table.ts') },
    { name: 'tables of modules', run: () => problemsOfTable(root, 'scripts/terraform-tables.ts') },
    { name: 'guide', run: () => problemsOfTable(root, 'packages/bring-up/src/guide/main.ts') },
  ];
}

/** In its own process: it loads the deployables' sources, which a check that is being edited must not share. */
async function problemsOfTable(root: string, script: string): Promise<string[]> {
  try {
    await promisify(execFile)(process.execPath, [join(root, script), '--check'], { cwd: root });
    return [];
  } catch (error) {
    return [String((error as { stderr?: unknown }).stderr ?? error).trim()];
  }
}
