import { parseArgs } from 'node:util';
import { runChecks } from './check.ts';
import { argumentSpecs } from './checks/argument-specs.ts';
import { backupPrograms } from './checks/backup-programs.ts';
import { checkMode } from './checks/check-mode.ts';
import { difference } from './checks/difference.ts';
import { engine } from './checks/engine.ts';
import { firewall } from './checks/firewall.ts';
import { images } from './checks/images.ts';
import { inventories } from './checks/inventories.ts';
import { lint } from './checks/lint.ts';
import { postgres } from './checks/postgres.ts';
import { refusals } from './checks/refusals.ts';
import { render } from './checks/render.ts';
import { snapshot } from './checks/snapshot.ts';
import { syntax } from './checks/syntax.ts';
import { userData } from './checks/user-data.ts';
import { waitForAddress } from './checks/wait-for-address.ts';
import { ENVIRONMENTS } from './folders.ts';
import { runRoles } from './report/run-roles.ts';
import { renderOnce } from './servers/render-environment.ts';
import { missingPrograms } from './toolchain/demand-programs.ts';
import { prepare } from './toolchain/prepare.ts';

const HELP = `Usage: node packages/ansible-check/src/main.ts [--run-roles]

Checks ansible/ without an account and without Docker's engine; what it needs from PyPI and Debian is fetched once.

  --run-roles  runs the roles on an invented server instead, twice and once in check mode, and prints the table of
               ansible/README.md: which tasks ran, which were left out, and why

Ends with 0 when all is well, 1 when something is not, 2 when this machine lacks something.`;

const { values } = parseArgs({
  options: { 'run-roles': { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) console.log(HELP);
else process.exitCode = await check(values['run-roles']);

async function check(isRunning: boolean): Promise<0 | 1 | 2> {
  const missing = await missingPrograms();
  if (missing.length > 0) {
    console.error(missing.join('\n'));
    return 2;
  }
  const prepared = await prepare(line => console.error(line));
  if (isRunning) return (await runRoles(prepared, line => console.log(line))) ? 0 : 1;
  const renderings = renderOnce(prepared);
  // The longest first; two at once, which is what a small machine has processors for.
  const checks = [
    ...ENVIRONMENTS.map(environment => render(renderings, environment)),
    ...[
      lint(prepared),
      snapshot(prepared),
      refusals(prepared),
      checkMode(prepared),
      difference,
      engine(prepared),
      firewall(renderings),
      waitForAddress(renderings),
      postgres(prepared),
      syntax(prepared),
      inventories(prepared),
      argumentSpecs,
      images,
      backupPrograms,
      userData,
    ],
  ];
  return (await runChecks(checks, { concurrency: 2, tell: line => console.log(line) })) ? 0 : 1;
}
