import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENTS } from '@innkeeper/deployment/environment/environment-values';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { composeComment } from './workflows/comment/compose-comment.ts';

/** `./dev workflow-comment`: the comment of a pull request, out of what its jobs left behind. Reads files, prints. */
const HELP = `Usage: ./dev workflow-comment --run-url <address> <folder>

The folder holds plan-ENVIRONMENT/ of scripts/workflows/plan.sh, servers-ENVIRONMENT/servers.md of
scripts/generate-diff.sh and dry-run/dry-run.md of ./dev dry-run-deploy; what is missing is said to be missing.`;

const { values, positionals } = readArguments(HELP, {
  options: { 'run-url': { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
const runUrl = values['run-url'];
if (folder === undefined || runUrl === undefined) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  const textOf = (path: string): string | undefined =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : undefined;
  const environments = ENVIRONMENTS.map(environment => {
    const status = textOf(`plan-${environment}/status`)?.trim();
    const of = (name: string): string => textOf(`plan-${environment}/${name}`) ?? '';
    return {
      environment,
      plan: status === undefined ? undefined : { status, text: of('plan.txt'), policies: of('policies.txt') },
      servers: textOf(`servers-${environment}/servers.md`),
    };
  });
  console.log(composeComment({ environments, dryRun: textOf('dry-run/dry-run.md'), runUrl }));
}
