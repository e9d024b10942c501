import { Secret } from '@innkeeper/shared/config/secret';
import * as z from 'zod';

/** A Markdown table of every variable that any deployable reads. Pure. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  readonly isSecret: boolean;
  /** `undefined`: has to be set. */
  readonly fallback: string | undefined;
}

export interface DeployableConfig {
  /** Its folder, e.g. `workers/llm-query`. */
  readonly folder: string;
  readonly variables: readonly Variable[];
}

const START = '<!-- configuration: written by scripts/config-table.ts -->';
const END = '<!-- end of configuration -->';

/** Finds the one exported schema of an environment among what a `config.ts` exports. */
export function readDeployableConfig(folder: string, module: unknown): DeployableConfig {
  const schemas = Object.values(module as Record<string, unknown>).flatMap(schemaOfEnvironment);
  if (schemas.length === 0) throw new Error(`${folder}/src/config.ts exports no object schema of its environment`);
  const variables = schemas.flatMap(schema =>
    Object.entries(schema._zod.def.shape).flatMap(([name, type]) =>
      isVariable(name) ? [describeVariable(name, type)] : [],
    ),
  );
  return { folder, variables: [...new Map(variables.map(variable => [variable.name, variable])).values()] };
}

export function configTable(deployables: readonly DeployableConfig[]): string {
  const byName = Map.groupBy(
    deployables.flatMap(({ folder, variables }) => variables.map(variable => ({ folder, variable }))),
    ({ variable }) => variable.name,
  );
  const rows = [...byName.entries()]
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, readers]) =>
      row([
        `\`${name}\``,
        // One name may mean a key with more rights here and one with fewer there.
        [...new Set(readers.map(({ variable }) => meaningOf(variable)))].join(' / '),
        [...new Set(readers.map(({ variable }) => variable.fallback ?? 'required'))].join(' / '),
        readers.map(({ folder }) => `\`${folder}\``).join(', '),
      ]),
    );
  return [row(['Variable', 'Meaning', 'Default', 'Read by']), '| --- | --- | --- | --- |', ...rows].join('\n');
}

const meaningOf = ({ meaning, isSecret }: Variable): string =>
  meaning.replaceAll('<', '&lt;') + (isSecret ? ' **(secret)**' : '');

/** Puts the table between its two marks; throws when the text has none. */
export function replaceTable(markdown: string, table: string): string {
  const start = markdown.indexOf(START);
  const end = markdown.indexOf(END);
  if (start === -1 || end < start) throw new Error(`README.md has no place for the table: "${START}" and "${END}"`);
  return `${markdown.slice(0, start + START.length)}\n${table}\n${markdown.slice(end)}`;
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Bindings stand in the same schema, but are configured in `wrangler.jsonc`; variables have an underscore. */
const isVariable = (name: string): boolean => /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/u.test(name);

/** By zod's core, so that schemas of `zod/mini` are read as well. */
function schemaOfEnvironment(value: unknown): z.core.$ZodObject[] {
  if (value instanceof z.core.$ZodObject) return Object.keys(value._zod.def.shape).some(isVariable) ? [value] : [];
  if (value instanceof z.core.$ZodPipe) return schemaOfEnvironment(value._zod.def.in);
  if (value instanceof z.core.$ZodIntersection) {
    return [...schemaOfEnvironment(value._zod.def.left), ...schemaOfEnvironment(value._zod.def.right)];
  }
  return [];
}

function describeVariable(name: string, schema: z.core.$ZodType): Variable {
  const missing = z.safeParse(schema, undefined);
  const fallback = missing.success ? describeFallback(missing.data) : undefined;
  const meaning = descriptionOf(schema) || hintOf(missing.error);
  if (meaning === '') throw new Error(`${name} has no description: say .describe('what it is and where one gets it')`);
  return { name, meaning, isSecret: yieldsSecret(schema), fallback };
}

const describeFallback = (value: unknown): string =>
  value === undefined ? 'none' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** A description may sit below `.default()` and `.optional()`. */
function descriptionOf(schema: z.core.$ZodType): string {
  const description = z.globalRegistry.get(schema)?.description;
  if (description !== undefined) return description;
  const wrapped = unwrap(schema);
  if (wrapped !== undefined) return descriptionOf(wrapped);
  return schema instanceof z.core.$ZodPipe ? descriptionOf(schema._zod.def.in) : '';
}

const unwrap = (schema: z.core.$ZodType): z.core.$ZodType | undefined =>
  schema instanceof z.core.$ZodOptional || schema instanceof z.core.$ZodDefault || schema instanceof z.core.$ZodPrefault
    ? schema._zod.def.innerType
    : undefined;

/** Schemas that explain themselves in their own error: "missing (id of the project)". */
const hintOf = (error: z.ZodError | undefined): string =>
  /^missing \((.+)\)$/u.exec(error?.issues[0]?.message ?? '')?.[1] ?? '';

/** A value that every kind of secret takes, those with a form of their own included. */
const PROBE = 'whsec_cHJvYmU=';

/** Secrets are known by what they become, not by their name; those with a form that no probe has say so themselves. */
function yieldsSecret(schema: z.core.$ZodType): boolean {
  if (z.globalRegistry.get(schema)?.['secret'] === true) return true;
  const wrapped = unwrap(schema);
  if (wrapped !== undefined) return yieldsSecret(wrapped);
  const parsed = z.safeParse(schema, PROBE);
  const data: unknown = parsed.success ? parsed.data : undefined;
  return data instanceof Secret || (Array.isArray(data) && data.some(item => item instanceof Secret));
}
