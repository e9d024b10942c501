import { spawn } from 'node:child_process';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Runs Terraform to its end, apart from whatever the caller's environment would tell it. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `variables`: values for the process's environment, so that none of them is in its arguments. */
export type RunTerraform = (
  folder: string,
  args: readonly string[],
  variables?: Readonly<Record<string, string>>,
) => Promise<TerraformRun>;

/** Write-only arguments begin with this version. */
const VERSION_MIN = [1, 11] as const;
const INSTALL = 'Install Terraform 1.11 or newer (https://developer.hashicorp.com/terraform/install).';

/** `reattach`: the providers that answer, as `serveProviders` has it. */
export const createRunTerraform =
  (reattach: string): RunTerraform =>
  (folder, args, variables = {}) =>
    run(folder, args, reattach, variables);

/** The version, or why there is none that can be used. */
export async function findTerraform(): Promise<Result<string, string>> {
  try {
    const { stdout } = await run('.', ['version', '-json'], '{}');
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version: string };
    const [major = 0, minor = 0] = version.split('.').map(Number);
    const enough = major > VERSION_MIN[0] || (major === VERSION_MIN[0] && minor >= VERSION_MIN[1]);
    return enough ? ok(version) : err(`Terraform ${version} is too old. ${INSTALL}`);
  } catch (error) {
    return err(`Terraform cannot be run (${error instanceof Error ? error.message : String(error)}). ${INSTALL}`);
  }
}

function run(
  cwd: string,
  args: readonly string[],
  reattach: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<TerraformRun> {
  return new Promise((resolve, reject) => {
    const child = spawn('terraform', args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // No TF_VAR_*, no credentials, no configuration of the machine: a check says the same everywhere.
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        TMPDIR: process.env.TMPDIR,
        CHECKPOINT_DISABLE: '1',
        // A run is over before its memory matters; collecting less often saves a third of its time.
        GOGC: '400',
        TF_CLI_CONFIG_FILE: '/dev/null',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        TF_REATTACH_PROVIDERS: reattach,
        ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
      },
    });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal !== null) reject(new Error(`terraform was ended by ${signal}`));
      else resolve({ exitCode: code ?? 1, stdout: textOf(out), stderr: textOf(errors) });
    });
  });
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
