import { createHash } from 'node:crypto';
import type { Attribute, AttributeType, Block } from '../../schema/provider-schema.ts';
import { type ObjectValue, Unknown, type Value } from './value.ts';
import { walkBlock } from './walk-block.ts';

/**
 * Values as a vendor could have given them, by type, and by name where a name promises a form. The same place in the
 * same configuration always gets the same one. Pure.
 */
export type IdForm = 'number' | 'hex' | 'uuid' | 'path';

export interface Origin {
  readonly type: string;
  /** What tells two resources of one type apart. */
  readonly configuration: string;
  readonly ids: IdForm;
}

/** After an apply: every unknown of the plan has a value. */
export const settleUnknowns = (block: Block, planned: ObjectValue, origin: Origin): ObjectValue =>
  walkBlock(block, planned, (attribute, value, path) => {
    if (attribute.write_only === true) return null;
    return value instanceof Unknown ? plausibleAttribute(attribute, path, origin) : value;
  });

/** A data source that was read: what the configuration leaves open, the vendor fills. */
export const fillComputed = (block: Block, configuration: ObjectValue, origin: Origin): ObjectValue =>
  walkBlock(block, configuration, (attribute, value, path) =>
    value === null && attribute.computed === true ? plausibleAttribute(attribute, path, origin) : value,
  );

type Path = readonly (string | number)[];

function plausibleAttribute(attribute: Attribute, path: Path, origin: Origin): Value {
  if (attribute.nested_type === undefined) return plausibleOfType(attribute.type ?? 'dynamic', path, origin);
  const { attributes, nesting_mode: nesting } = attribute.nested_type;
  const one = Object.fromEntries(
    Object.entries(attributes).map(([name, field]) => [
      name,
      field.write_only === true ? null : plausibleAttribute(field, [...path, name], origin),
    ]),
  );
  if (nesting === 'map') return {};
  return nesting === 'single' ? one : [one];
}

function plausibleOfType(type: AttributeType, path: Path, origin: Origin): Value {
  if (type === 'string') return plausibleString(path, origin);
  if (type === 'number') return numberFor(path, origin);
  if (type === 'bool') return false;
  if (type === 'dynamic') return null;
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, field]): [string, Value] => [
        name,
        plausibleOfType(field, [...path, name], origin),
      ]),
    );
  }
  if (type[0] === 'tuple') return type[1].map((item, index) => plausibleOfType(item, [...path, index], origin));
  return type[0] === 'map' ? {} : [plausibleOfType(type[1], [...path, 0], origin)];
}

function plausibleString(path: Path, origin: Origin): string {
  const name = path.filter(step => typeof step === 'string').at(-1) ?? 'value';
  if (name === 'id' && origin.type.endsWith('_custom_role'))
    return `projects/example/roles/role${numberFor(path, origin)}`;
  if (name === 'id' || name.endsWith('_id')) return idFor(path, origin);
  // Of an account, which is granted rights as a member: `<kind>:<name>`.
  if (name === 'member') return `serviceAccount:${emailFor([...path.slice(0, -1), 'email'], origin)}`;
  if (name === 'email') return emailFor(path, origin);
  if (/(?:^|_)(?:url|uri|link)$/u.test(name)) return `https://${origin.type.replaceAll('_', '-')}.example.invalid/`;
  if (name === 'number' || name === 'project_number') return String(numberFor(path, origin));
  if (/^ipv?4?_?(?:address)?$/u.test(name)) return '192.0.2.1';
  if (name.startsWith('ipv6')) return '2001:db8::1';
  return `${origin.type}-${name}`;
}

const emailFor = (path: Path, origin: Origin): string =>
  `${origin.type.replaceAll('_', '-')}-${numberFor(path, origin)}@example.invalid`;

function idFor(path: Path, origin: Origin): string {
  const digest = digestOf(path, origin);
  switch (origin.ids) {
    case 'number':
      return String(numberFor(path, origin));
    case 'hex':
      return digest.slice(0, 32);
    case 'uuid':
      return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/u, '$1-$2-4$3-8$4-$5');
    case 'path':
      return `projects/example/${origin.type}/${digest.slice(0, 8)}`;
  }
}

const numberFor = (path: Path, origin: Origin): number => Number.parseInt(digestOf(path, origin).slice(0, 7), 16) + 1;

const digestOf = (path: Path, origin: Origin): string =>
  createHash('sha256')
    .update(JSON.stringify([origin.type, origin.configuration, path]))
    .digest('hex');
