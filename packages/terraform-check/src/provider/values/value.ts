/** A value of Terraform's type system as it travels between Terraform and a provider. Pure. */

/** What is not known before an apply. */
export class Unknown {
  static readonly value = new Unknown();
  private constructor() {}
}

export interface ObjectValue {
  readonly [name: string]: Value;
}

/** `Uint8Array` is the type before a value that is dynamic, JSON in UTF-8, and is handed on as it came. */
export type Value = null | boolean | number | string | Unknown | Uint8Array | readonly Value[] | ObjectValue;

export const isObjectValue = (value: Value | undefined): value is ObjectValue =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Unknown) &&
  !(value instanceof Uint8Array);

export const isListValue = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);
