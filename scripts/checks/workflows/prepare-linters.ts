import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Where the programs are that judge workflows. Made once into `.toolchain/workflow-check`, by name and version. */
export interface Linters {
  readonly actionlint: string;
  readonly zizmor: string;
}

const ACTIONLINT = '1.7.12'; // built from source, for which Go's checksum database vouches
const ZIZMOR = '1.32.0'; // the program itself comes in the package of PyPI

export async function prepareLinters(
  root: string,
  environment: Variables = process.env,
): Promise<Result<Linters, readonly string[]>> {
  const run = runWith(environment);
  const missing = await missingPrograms(run);
  if (missing.length > 0) return err(missing);
  const folder = join(root, '.toolchain/workflow-check');
  const actionlint = await once(folder, `actionlint-${ACTIONLINT}`, async made => {
    const program = `github.com/rhysd/actionlint/cmd/actionlint@v${ACTIONLINT}`;
    await run('go', ['install', program], { GOBIN: made, GOFLAGS: '-mod=mod' });
    return 'actionlint';
  });
  if (!actionlint.ok) return actionlint;
  const zizmor = await once(folder, `zizmor-${ZIZMOR}`, async made => {
    await run('python3', ['-m', 'venv', made]);
    await run(join(made, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `zizmor==${ZIZMOR}`]);
    return 'bin/zizmor';
  });
  return zizmor.ok ? ok({ actionlint: actionlint.value, zizmor: zizmor.value }) : zizmor;
}

/** Programs of the machine, and where they come from. Without shellcheck, actionlint would leave scripts out. */
const PROGRAMS = {
  go: 'Go 1.25 or newer (go.dev/dl)',
  python3: 'apt-get install python3-venv',
  shellcheck: 'apt-get install shellcheck',
};

async function missingPrograms(run: Run): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(PROGRAMS).map(async ([program, from]) => {
      const isThere = await run('sh', ['-c', `command -v ${program}`]).then(
        () => true,
        () => false,
      );
      return isThere ? [] : [`${program} is missing, so workflows cannot be checked: ${from}`];
    }),
  );
  return found.flat();
}

/** `make` fills a folder and answers which file in it is the program. Two at once make it twice, and one stays. */
async function once(
  folder: string,
  name: string,
  make: (folder: string) => Promise<string>,
): Promise<Result<string, readonly string[]>> {
  const program = join(folder, name);
  if (existsSync(program)) return ok(program);
  await mkdir(folder, { recursive: true });
  const made = await mkdtemp(join(folder, 'new-'));
  try {
    await copyFile(join(made, await make(made)), join(made, name));
    await rename(join(made, name), program);
    return ok(program);
  } catch (error) {
    const words = String((error as { stderr?: string }).stderr ?? error).trim();
    return err([`${name} could not be fetched, so workflows cannot be checked: ${words.slice(-500)}`]);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

type Variables = Readonly<Record<string, string | undefined>>;
type Run = (program: string, args: readonly string[], variables?: Variables) => Promise<unknown>;

const runWith =
  (environment: Variables): Run =>
  (program, args, variables = {}) =>
    promisify(execFile)(program, args, { env: { ...environment, ...variables } });
