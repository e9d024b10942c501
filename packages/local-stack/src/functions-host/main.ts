import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';
import { stopOnSignal } from '../http/run-process.ts';
import { FunctionTarget, startFunctions } from './start-functions.ts';

/**
 * The process that hosts the functions of all deployables, which in production have a container each: one process of
 * Node holds half the memory of two. `FUNCTIONS_CONFIG` names a JSON file with the entry modules and one port per
 * target; the functions read their own variables from this process's environment.
 */
const NAME = 'functions-host';

const Environment = z.object({ FUNCTIONS_CONFIG: z.string(), PORT: z.coerce.number().int().min(0).max(65_535) });

const FunctionsFile = z.strictObject({
  /** Absolute paths of the modules that register the functions. */
  entries: z.array(z.string()).min(1),
  targets: z.array(FunctionTarget).min(1),
});

const environment = parseConfig(NAME, Environment, process.env);
const file = JSON.parse(readFileSync(environment.FUNCTIONS_CONFIG, 'utf8')) as Record<string, unknown>;
const { entries, targets } = parseConfig(NAME, FunctionsFile, file);
for (const entry of entries) await import(pathToFileURL(entry).href);
const running = await startFunctions({ targets, controlPort: environment.PORT });
stopOnSignal(NAME, () => running.close());
