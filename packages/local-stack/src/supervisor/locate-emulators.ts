import { join } from 'node:path';
import type { Result } from '@innkeeper/shared/result/result';
import type { EmulatorJars } from '../emulators/emulator-jars.ts';
import { type DownloadFailed, ensureEmulators } from '../emulators/ensure-emulators.ts';
import type { EmulatorsMissing } from '../emulators/find-emulators.ts';
import { REPOSITORY } from './stack-home.ts';

/** Shared by every stack of this checkout: what was downloaded once is found by all. */
export const EMULATORS_DIRECTORY = join(REPOSITORY, '.toolchain/emulators');

/** The Google emulators of this machine, downloaded when it has none. `tell` gets a sentence before each download. */
export const locateEmulators = (
  tell: (sentence: string) => void,
): Promise<Result<EmulatorJars, EmulatorsMissing | DownloadFailed>> =>
  ensureEmulators({ directory: EMULATORS_DIRECTORY, fetch, announce: tell });
