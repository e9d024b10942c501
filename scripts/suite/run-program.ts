import { spawn } from 'node:child_process';

/** Runs a program in front of the person's eyes; a signal to this process reaches it, too. Resolves with its exit code. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly environment?: Readonly<Record<string, string>> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    let isAskedToStop = false;
    const passOn = (signal: NodeJS.Signals): void => {
      isAskedToStop = true;
      child.kill(signal);
    };
    process.on('SIGTERM', passOn).on('SIGINT', passOn);
    const forget = (): void => void process.off('SIGTERM', passOn).off('SIGINT', passOn);
    child.once('error', error => {
      forget();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      forget();
      // Programs that end by themselves when asked to must not be followed by the next one.
      if (isAskedToStop || signal === 'SIGTERM' || signal === 'SIGINT') process.exit(1);
      resolve(code ?? 1);
    });
  });
}
