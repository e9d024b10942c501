import { readOptions, UsageError } from './program-options.ts';
import { runProgram } from './run-program.ts';

/** `poweroff`: tells whoever plays the machine (`SERVER_POWER_URL`) that it is off now. */
await runProgram('poweroff', async args => {
  if (readOptions(args, {}).operands.length > 0) throw new UsageError('poweroff takes no arguments here');
  const url = process.env['SERVER_POWER_URL'];
  if (url === undefined) throw new Error('SERVER_POWER_URL names nobody to tell');
  const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the machine answered ${response.status}`);
  return 0;
});
