/** A secret value that prints as redacted wherever it is logged, serialised or put in a template. Unwrapped only in adapters. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return '[secret]';
  }
  toJSON(): string {
    return '[secret]';
  }
  get [Symbol.toStringTag](): string {
    return 'Secret';
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
