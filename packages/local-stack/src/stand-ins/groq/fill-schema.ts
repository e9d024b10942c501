import type { Claim } from './choose-quotes.ts';

/**
 * Writes a value that fits any strict JSON schema, with claims wherever the schema asks for them: it recognises fields
 * by their usual names and leaves everything else empty, false, zero or null. Pure.
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface FillContext {
  readonly question: string;
  readonly claims: readonly Claim[];
}

export function fillSchema(schema: JsonSchema, context: FillContext): unknown {
  const definitions = (schema['$defs'] ?? schema['definitions'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  return fill(schema, '', { ...context, definitions, claim: context.claims[0] });
}

interface Filling extends FillContext {
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** The one being written. */
  readonly claim: Claim | undefined;
}

function fill(schema: JsonSchema, name: string, context: Filling): unknown {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return fill(context.definitions[reference.split('/').at(-1) ?? ''] ?? {}, name, context);
  }
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return chooseWord(schema['enum'], context.question);
  const branches = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(branches)) return fill(chooseBranch(branches as JsonSchema[], name, context), name, context);
  switch (typeOf(schema)) {
    case 'object':
      return fillObject(schema, context);
    case 'array':
      return fillArray(schema, name, context);
    case 'string':
      return fillString(name, context);
    case 'integer':
    case 'number':
      return /source|^id$/iu.test(name) ? Number(context.claim?.sourceId ?? 0) || 0 : 0;
    case 'boolean':
      return /answer|found|supported|known/iu.test(name) && context.claims.length > 0;
    default:
      return null;
  }
}

function fillObject(schema: JsonSchema, context: Filling): Record<string, unknown> {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, fill(value, key, context)]));
}

function fillArray(schema: JsonSchema, name: string, context: Filling): unknown[] {
  const items = (schema['items'] ?? {}) as JsonSchema;
  const resolved = resolve(items, context);
  const isOfClaims = Object.keys(resolved['properties'] ?? {}).some(key => QUOTE_NAMES.test(key));
  const isOfWords = /source|citation|quote|sentence|claim/iu.test(name) && typeOf(resolved) !== 'object';
  if (!isOfClaims && !isOfWords) return [];
  return context.claims.map(claim => fill(items, isOfClaims ? '' : name, { ...context, claim }));
}

const QUOTE_NAMES = /quot|verbatim|excerpt/iu;

function fillString(name: string, { claim, claims, question }: Filling): string {
  if (claim === undefined) return '';
  if (QUOTE_NAMES.test(name)) return claim.quote;
  if (/source|citation|^id$/iu.test(name)) return claim.sourceId;
  if (/answer|summary/iu.test(name)) return claims.map(item => item.claim).join(' ');
  if (/claim|statement|sentence|text/iu.test(name)) return claim.claim;
  return /question|words|query/iu.test(name) ? question : '';
}

/** A value of an enumeration that stands in the question; else the one that admits not to know; else the last. */
function chooseWord(values: readonly unknown[], question: string): unknown {
  const words = question.toLowerCase();
  const said = values.find(
    value => typeof value === 'string' && words.includes(value.toLowerCase().replaceAll('_', ' ')),
  );
  return said ?? values.find(value => typeof value === 'string' && DOUBT.test(value)) ?? values.at(-1);
}

const DOUBT = /^(?:unclear|unknown|none|other|all)$/iu;

/** Of several shapes: null where nothing is known, else the one whose fixed word stands in the question or admits doubt. */
function chooseBranch(branches: readonly JsonSchema[], name: string, context: Filling): JsonSchema {
  const resolved = branches.map(branch => resolve(branch, context));
  const isWanted = QUOTE_NAMES.test(name) || /claim|answer|source/iu.test(name);
  const empty = resolved.find(branch => branch['type'] === 'null');
  if (empty !== undefined && !(isWanted && context.claims.length > 0)) return empty;
  const words = context.question.toLowerCase();
  const fixed = resolved.map(branch => ({ branch, word: fixedWord(branch) }));
  const said = fixed.find(({ word }) => word !== undefined && words.includes(word.replaceAll('_', ' ')));
  const doubting = fixed.find(({ word }) => word !== undefined && DOUBT.test(word));
  return said?.branch ?? doubting?.branch ?? resolved.find(branch => branch !== empty) ?? {};
}

/** What tells a union's branches apart: the constant of one of its properties. */
function fixedWord(branch: JsonSchema): string | undefined {
  const properties = Object.values((branch['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>);
  const constant = properties.map(property => property['const']).find(value => typeof value === 'string');
  return constant;
}

function resolve(schema: JsonSchema, context: Filling): JsonSchema {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? (context.definitions[reference.split('/').at(-1) ?? ''] ?? {}) : schema;
}

/** With several types, the one that is not null. */
function typeOf(schema: JsonSchema): string {
  const types = [schema['type']].flat().filter(type => typeof type === 'string');
  return types.find(type => type !== 'null') ?? 'null';
}
