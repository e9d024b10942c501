import type { Expression } from '../hcl/hcl.ts';
import type { Attribute, AttributeType } from '../schema/provider-schema.ts';

/** Which keys a value may have, at every depth, as a schema or a variable's type says. Pure. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }
  /** A list, a set or a map: keys of its own, shape of each value. */
  | { readonly kind: 'each'; readonly of: Shape };

export const ANY: Shape = { kind: 'any' };

/** The shape below a key; undefined where the value has no such key or none is known. */
export const fieldOf = (shape: Shape, key: string): Shape | undefined =>
  shape.kind === 'object' && Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;

const mapFields = <T>(fields: Readonly<Record<string, T>>, toShape: (field: T) => Shape): Shape => ({
  kind: 'object',
  fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toShape(field)])),
});

export function shapeOfAttribute({ type, nested_type: nested }: Attribute): Shape {
  if (nested === undefined) return shapeOfType(type ?? 'dynamic');
  const object = mapFields(nested.attributes, shapeOfAttribute);
  return nested.nesting_mode === 'single' ? object : { kind: 'each', of: object };
}

function shapeOfType(type: AttributeType): Shape {
  if (typeof type === 'string' || type[0] === 'tuple') return ANY;
  if (type[0] === 'object') return mapFields(type[1], shapeOfType);
  return { kind: 'each', of: shapeOfType(type[1]) };
}

/** Of `type = …` in a variable: `object({ … })`, `list(…)`, `optional(…, default)` and so on. */
export function shapeOfTypeExpression(expression: Expression | undefined): Shape {
  if (expression?.kind !== 'call') return ANY;
  const [inner] = expression.parameters;
  switch (expression.name) {
    case 'optional':
      return shapeOfTypeExpression(inner);
    case 'list':
    case 'set':
    case 'map':
      return { kind: 'each', of: shapeOfTypeExpression(inner) };
    case 'object':
      return inner?.kind === 'object'
        ? {
            kind: 'object',
            fields: Object.fromEntries(
              inner.entries.flatMap(({ key, value }) =>
                key === undefined ? [] : [[key, shapeOfTypeExpression(value)] as const],
              ),
            ),
          }
        : ANY;
    default:
      return ANY;
  }
}

/** Keys, dotted, that values of `given` may have and `wanted` has no place for. */
export function excessKeys(given: Shape, wanted: Shape): string[] {
  if (given.kind === 'each' && wanted.kind === 'each') return excessKeys(given.of, wanted.of);
  if (given.kind !== 'object' || wanted.kind === 'any') return [];
  if (wanted.kind === 'each') return Object.values(given.fields).flatMap(field => excessKeys(field, wanted.of));
  return Object.entries(given.fields).flatMap(([name, field]) => {
    const place = fieldOf(wanted, name);
    return place === undefined ? [name] : excessKeys(field, place).map(key => `${name}.${key}`);
  });
}
