import { Ajv, type ValidateFunction } from 'ajv';

/**
 * Checks requests, and a stand-in's own replies, against the shapes reduced from a vendor's API description (`specs/`). Pure after construction.
 */
export interface VendorShapes {
  /** Keyed by `METHOD /path`. */
  readonly operations: Readonly<
    Record<string, { readonly query?: object; readonly body?: object; readonly reply?: object }>
  >;
  readonly definitions: Readonly<Record<string, object>>;
}

export interface ShapeProblem {
  readonly part: 'query' | 'body' | 'reply';
  /** JSON pointer to the offending value; empty for the whole. */
  readonly at: string;
  readonly message: string;
}

export interface RequestShapes {
  /** `undefined` when the request fits. @throws Error for an operation the description does not have. */
  check(operation: string, request: { query?: URLSearchParams; body?: unknown }): ShapeProblem | undefined;
  /** The same for a reply of success. @throws Error for an operation whose reply is not described. */
  checkReply(operation: string, body: unknown): ShapeProblem | undefined;
}

export function requestShapes(shapes: VendorShapes): RequestShapes {
  const strictness = { strict: false, allErrors: false, validateFormats: false } as const;
  const bodies = new Ajv(strictness);
  const queries = new Ajv({ ...strictness, coerceTypes: 'array' }); // a query has only texts, and lists of one
  const compiled = new Map<string, ValidateFunction>();

  const validatorOf = (ajv: Ajv, key: string, schema: object): ValidateFunction => {
    const validator = compiled.get(key) ?? ajv.compile({ ...schema, definitions: shapes.definitions });
    compiled.set(key, validator);
    return validator;
  };
  const problemOf = (part: ShapeProblem['part'], validator: ValidateFunction): ShapeProblem => {
    const [problem] = validator.errors ?? [];
    return { part, at: problem?.instancePath ?? '', message: problem?.message ?? 'does not fit' };
  };

  return {
    check(operation, { query, body }) {
      const shape = shapes.operations[operation];
      if (shape === undefined) throw new Error(`the description has no operation ${operation}`);
      if (shape.query !== undefined) {
        const validator = validatorOf(queries, `query ${operation}`, shape.query);
        if (!validator(valuesOf(query ?? new URLSearchParams()))) return problemOf('query', validator);
      }
      if (shape.body !== undefined) {
        const validator = validatorOf(bodies, `body ${operation}`, shape.body);
        if (!validator(body)) return problemOf('body', validator);
      }
      return undefined;
    },
    checkReply(operation, body) {
      const shape = shapes.operations[operation]?.reply;
      if (shape === undefined) throw new Error(`the description has no reply of ${operation}`);
      const validator = validatorOf(bodies, `reply ${operation}`, shape);
      return validator(body) ? undefined : problemOf('reply', validator);
    },
  };
}

/** A name given twice is a list. */
const valuesOf = (query: URLSearchParams): Record<string, string | string[]> =>
  Object.fromEntries(
    [...new Set(query.keys())].map(name => {
      const values = query.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
