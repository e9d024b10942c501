import { neverSays, says } from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import type { Booking } from '../world/world.ts';
import { askAndCheck, checkHere } from './check.ts';

/** A guest asks to be forgotten: names go everywhere at once, the occupancy stays. */
export async function forgetGuest(stage: Stage, { guest, code }: Booking): Promise<void> {
  const { screen, backOffice } = stage;
  screen.title('A guest asks to be forgotten');
  const { code: exitCode, output } = await backOffice.erase(['--guest', guest.id, '--yes']);
  screen.line(`./dev erase --guest ${guest.id} --yes`);
  for (const line of output.split('\n').filter(line => /^(?:Erased|The index|No backup|Backups)/u.test(line))) {
    screen.line(`  ${line}`);
  }
  checkHere(stage, [
    ...(exitCode === 0 ? [] : [`it ended with ${exitCode}: ${output.trim()}`]),
    ...neverSays(output, guest.first, guest.last),
  ]);
  const question = { text: `when does ${guest.first} ${guest.last} arrive?`, direct: true };
  await askAndCheck(stage, question, answer => [...says(answer, 'nobody called'), ...neverSays(answer, code, '21:15')]);
}
