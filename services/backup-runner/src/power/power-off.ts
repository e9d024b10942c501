import type { Log } from '@innkeeper/shared/log/log';
import type { ProgramRunner } from '../run/program-runner.ts';

/**
 * Turns the server off; a server that is off but not deleted still costs, but does nothing any more. Answers whether
 * the system took the order: the unit's `ExecStopPost` gives it again in any case.
 */
const POWER_OFF_MS_MAX = 10_000; // it only passes the order on

export async function powerOff(programs: ProgramRunner, log: Log): Promise<boolean> {
  const end = await programs.run({
    program: 'poweroff',
    args: [],
    signal: AbortSignal.timeout(POWER_OFF_MS_MAX),
  });
  const isTaken = end.code === 0;
  if (!isTaken) log.error('power.kept', { missing: end.missing, code: end.code });
  return isTaken;
}
