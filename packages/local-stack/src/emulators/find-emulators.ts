import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { EMULATOR_PINS, type EmulatorJars, type EmulatorName } from './emulator-jars.ts';

/** Looks for the emulators' archives on this machine. Reads the file system, starts nothing, downloads nothing. */
export interface EmulatorsMissing {
  readonly kind: 'emulators_missing';
  readonly missing: readonly EmulatorName[];
  readonly searched: readonly string[];
  /** What is missing and what to do, for a person. */
  readonly detail: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface FindEmulatorsOptions {
  readonly environment?: Environment;
  readonly usualRoots?: readonly string[];
  /** Searched last: the folder that `ensureEmulators` filled. */
  readonly extraRoots?: readonly string[];
}

/** Where package managers and Google's own installer put the SDK. */
const USUAL_ROOTS: readonly string[] = [
  '/usr/lib/google-cloud-sdk',
  '/usr/share/google-cloud-sdk',
  '/usr/local/google-cloud-sdk',
  '/opt/google-cloud-sdk',
  '/snap/google-cloud-cli/current',
  '/opt/homebrew/share/google-cloud-sdk',
];

/** Each emulator from the first SDK that has it: named by the environment, the one `gcloud` belongs to, the usual places. */
export function findEmulators(options: FindEmulatorsOptions = {}): Result<EmulatorJars, EmulatorsMissing> {
  const { environment = process.env, usualRoots = USUAL_ROOTS, extraRoots = [] } = options;
  const roots = [...new Set([...rootsOf(environment), ...usualRoots, ...extraRoots])];
  const firestore = findJar('firestore', roots);
  const pubsub = findJar('pubsub', roots);
  if (firestore !== undefined && pubsub !== undefined) return ok({ firestore, pubsub });

  const missing: EmulatorName[] = [];
  if (firestore === undefined) missing.push('firestore');
  if (pubsub === undefined) missing.push('pubsub');
  const components = missing.map(name => EMULATOR_PINS[name].component).join(' ');
  return err({
    kind: 'emulators_missing',
    missing,
    searched: roots,
    detail:
      `The Google emulator${missing.length > 1 ? 's' : ''} ${missing.join(' and ')} could not be found in ${roots.join(', ')}. ` +
      `Install with "gcloud components install ${components}" (Debian: "apt-get install ` +
      `${missing.map(name => `google-cloud-cli-${EMULATOR_PINS[name].component.replace('cloud-', '')}`).join(' ')}"), ` +
      `or set GOOGLE_CLOUD_SDK to the root of an SDK that has ${missing.length > 1 ? 'them' : 'it'}.`,
  });
}

function rootsOf(environment: Environment): string[] {
  const home = environment['HOME'] ?? homedir();
  return [
    environment['GOOGLE_CLOUD_SDK'],
    environment['CLOUDSDK_ROOT_DIR'],
    rootOfGcloud(environment['PATH'] ?? ''),
    join(home, 'google-cloud-sdk'),
  ].filter(root => root !== undefined && root !== '') as string[];
}

/** `gcloud` on PATH is usually a link into `<root>/bin`. */
function rootOfGcloud(path: string): string | undefined {
  const found = path
    .split(delimiter)
    .map(folder => join(folder, 'gcloud'))
    .find(file => existsSync(file));
  return found === undefined ? undefined : dirname(dirname(realpathSync(found)));
}

function findJar(name: EmulatorName, roots: readonly string[]): string | undefined {
  const { folder, jarPattern } = EMULATOR_PINS[name];
  for (const root of roots) {
    const directory = join(root, 'platform', folder);
    const file = existsSync(directory) ? readdirSync(directory).find(entry => jarPattern.test(entry)) : undefined;
    if (file !== undefined) return join(directory, file);
  }
  return undefined;
}
