import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parseJson } from '../stand-in-server.ts';
import { formatError, validationError } from './refusal.ts';

/**
 * Qdrant's published API, reduced (`specs/qdrant-1.19.json`): which operations there are and what their bodies look
 * like. Bodies are checked against it before anything else reads them; fields it does not know are ignored.
 */
interface ReducedSpec {
  readonly operations: readonly { operationId: string; method: string; path: string; body?: string }[];
  readonly definitions: Record<string, object>;
}

const spec = JSON.parse(
  readFileSync(new URL('../../../specs/qdrant-1.19.json', import.meta.url), 'utf8'),
) as ReducedSpec;

const BOUNDS = new Set(['minimum', 'maximum', 'minItems', 'maxItems', 'minLength']);

const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictTuples: false });
ajv.addSchema({ $id: 'qdrant', definitions: spec.definitions });
ajv.addSchema({ $id: 'shapes', definitions: dropBounds(spec.definitions) });

export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Values of the path's placeholders. */
  readonly path: Readonly<Record<string, string>>;
  /** Parses the body as the operation demands; throws the refusal Qdrant would answer. Undefined without a body. */
  readonly readBody: (raw: Buffer) => unknown;
}

const routes = spec.operations
  .map(({ operationId, method, path, body }) => ({
    operationId,
    method,
    segments: path.split('/'),
    checks: body === undefined ? undefined : checksOf(body),
  }))
  // Fixed segments before placeholders, so that `/collections/aliases` is not taken for a collection.
  .sort((a, b) => placeholders(a.segments) - placeholders(b.segments));

export function findOperation(method: string, pathname: string): Operation | undefined {
  const segments = pathname.split('/');
  for (const route of routes) {
    if (route.method !== method || route.segments.length !== segments.length) continue;
    const path = matchSegments(route.segments, segments);
    if (path === undefined) continue;
    const { operationId, checks } = route;
    return { id: operationId, method, path, readBody: raw => (checks ? readBody(raw, checks) : undefined) };
  }
  return undefined;
}

function matchSegments(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [at, part] of template.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{')) values[part.slice(1, -1)] = decode(segment);
    else if (part !== segment) return undefined;
  }
  return values;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // Not UTF-8: it names nothing there could be.
  }
}

function placeholders(segments: readonly string[]): number {
  return segments.filter(part => part.startsWith('{')).length;
}

/**
 * Qdrant first parses a body, which fails with 400, and then checks its values against bounds, which fails with 422.
 * One check of both tells the good bodies; only for the others it matters which of the two it was.
 */
interface BodyChecks {
  readonly isGood: () => ValidateFunction;
  readonly hasShape: () => ValidateFunction;
}

function checksOf(definition: string): BodyChecks {
  return {
    isGood: compileOnce(`qdrant#/definitions/${definition}`),
    hasShape: compileOnce(`shapes#/definitions/${definition}`),
  };
}

/** At first use: compiling everything would cost each start most of a second. */
function compileOnce(reference: string): () => ValidateFunction {
  let validate: ValidateFunction | undefined;
  return () => (validate ??= ajv.compile({ $ref: reference }));
}

function readBody(raw: Buffer, checks: BodyChecks): unknown {
  const body = parseJson(raw);
  if (body === undefined) throw formatError('the body is not JSON');
  const isGood = checks.isGood();
  if (isGood(body)) return body;
  const hasShape = checks.hasShape();
  if (!hasShape(body)) throw formatError(describe(hasShape.errors?.[0]));
  throw validationError(describe(isGood.errors?.find(({ keyword }) => BOUNDS.has(keyword))));
}

const describe = (error: ErrorObject | undefined): string =>
  `${error?.instancePath.slice(1).replaceAll('/', '.') || 'body'}: ${error?.message ?? 'has another form'}`;

/** The same definitions without bounds, save for zero as the least unsigned number. */
function dropBounds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(dropBounds);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !BOUNDS.has(key) || value === 0);
  return Object.fromEntries(kept.map(([key, value]) => [key, dropBounds(value)]));
}
