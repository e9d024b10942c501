import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { serveProviders } from './serve-providers.ts';

/** Runs a command beside the provider server, so that `terraform` in it needs neither network nor account. */
const HELP = `Usage: node packages/terraform-check/src/provider/main.ts <command> [argument...]

Runs the command with TF_REATTACH_PROVIDERS set and ends as it does, e.g. terraform -chdir=<folder> validate.`;

/** As shells have it. */
const NOT_STARTED = 127;

const [command, ...args] = process.argv.slice(2);
if (command === undefined || command === '--help' || command === '-h') {
  console.log(HELP);
  process.exitCode = command === undefined ? 2 : 0;
} else {
  await runBeside(command, args);
}

async function runBeside(command: string, args: readonly string[]): Promise<void> {
  const { reattach, stop } = await serveProviders();
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, TF_REATTACH_PROVIDERS: reattach } });
  process.exitCode = await new Promise<number>(resolve => {
    child.once('error', error => {
      console.error(`${command} cannot be started: ${error.message}`);
      resolve(NOT_STARTED);
    });
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
  stop();
}
