import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import {
  CompanySettings,
  ENVIRONMENTS,
  type EnvironmentName,
  type EnvironmentValues,
  TerraformValues,
} from './environment-values.ts';

/** `sentence` says what is wrong and, where there is one, the next step. */
export interface EnvironmentProblem {
  readonly kind: 'unknown_environment' | 'missing_file' | 'unreadable_file';
  readonly sentence: string;
}

/** Reads one environment's values below `root`, the repository. Nothing is asked over the network. */
export async function readEnvironment(
  root: string,
  name: string | undefined,
): Promise<Result<EnvironmentValues, EnvironmentProblem>> {
  const known = nameOf(name);
  if (!known.ok) return known;
  const environment = known.value;
  const terraform = await readJson(
    root,
    `terraform/environments/${environment}/terraform.tfvars.json`,
    TerraformValues,
  );
  if (!terraform.ok) return terraform;
  if (terraform.value.environment !== environment) {
    const sentence = `terraform/environments/${environment} holds the values of ${terraform.value.environment}.`;
    return err({ kind: 'unreadable_file', sentence });
  }
  const settings = await readJson(root, `packages/deployment/settings/${environment}.json`, CompanySettings);
  if (!settings.ok) return settings;
  return ok({ name: environment, terraform: terraform.value, settings: settings.value });
}

/** The environment of that name, as typed by a person. */
export function nameOf(name: string | undefined): Result<EnvironmentName, EnvironmentProblem> {
  const known = ENVIRONMENTS.find(each => each === name);
  if (known !== undefined) return ok(known);
  const given = name === undefined ? 'No environment was named.' : `There is no environment "${name}".`;
  return err({ kind: 'unknown_environment', sentence: `${given} Say ${choices()}.` });
}

function choices(): string {
  const options = ENVIRONMENTS.map(each => `--env ${each}`);
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(options);
}

async function readJson<T>(root: string, path: string, schema: z.ZodType<T>): Promise<Result<T, EnvironmentProblem>> {
  let text: string;
  try {
    text = await readFile(join(root, path), 'utf8');
  } catch (error) {
    return err({ kind: 'missing_file', sentence: `${path} cannot be read: ${reasonOf(error)}.` });
  }
  return parseJson(path, text, schema);
}

/** `source` stands in front of every problem: a path, or the command that printed the text. Never shows a value. */
export function parseJson<T>(source: string, text: string, schema: z.ZodType<T>): Result<T, EnvironmentProblem> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err({ kind: 'unreadable_file', sentence: `${source} is not JSON.` });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`);
  return err({ kind: 'unreadable_file', sentence: `${source}: ${problems.join('; ')}.` });
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
