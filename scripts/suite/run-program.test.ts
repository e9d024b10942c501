import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const TWO_PROGRAMS = `
  import { runProgram } from ${JSON.stringify(join(import.meta.dirname, 'run-program.ts'))};
  const obeys = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('runs')";
  await runProgram(process.execPath, ['-e', obeys], { cwd: '.' });
  console.log('the next one');
`;

test('after a signal nothing follows, though the program ended well', async () => {
  const runner = spawn(process.execPath, ['--input-type=module-typescript', '-e', TWO_PROGRAMS], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(runner, 'exit');
  runner.stdout.once('data', () => runner.kill('SIGTERM'));
  expect(await text(runner.stdout)).toBe('runs\n');
  expect(await ended).toEqual([1, null]);
});
