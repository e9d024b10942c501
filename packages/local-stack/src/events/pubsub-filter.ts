import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Pub/Sub's subscription filters, which the emulator stores and ignores: `attributes:key`, `attributes.key = "value"`,
 * `!=`, `hasPrefix(attributes.key, "value")`, `AND`, `OR`, `NOT`, `-` and parentheses. As in Pub/Sub, `AND` and `OR` must not meet
 * without parentheses, operators are upper case, and only attributes can be asked for. Pure.
 */
export type AttributeFilter = (attributes: Readonly<Record<string, string>>) => boolean;

export interface FilterSyntaxError {
  readonly kind: 'filter_syntax';
  /** What was expected, and at which character. */
  readonly detail: string;
}

/** Pub/Sub's limit. */
const FILTER_BYTES_MAX = 256;

export function parsePubsubFilter(text: string): Result<AttributeFilter, FilterSyntaxError> {
  if (Buffer.byteLength(text) > FILTER_BYTES_MAX) {
    return err({ kind: 'filter_syntax', detail: `a filter has at most ${FILTER_BYTES_MAX} bytes` });
  }
  try {
    const parser = new FilterParser(tokenise(text));
    return ok(parser.parse());
  } catch (error) {
    if (error instanceof SyntaxError) return err({ kind: 'filter_syntax', detail: error.message });
    throw error;
  }
}

interface Token {
  readonly kind: 'word' | 'text' | 'sign' | 'end';
  readonly value: string;
  readonly at: number;
}

const TOKEN = /\s+|(?<word>[A-Za-z_][\w-]*)|"(?<text>(?:[^"\\]|\\.)*)"|(?<sign>!=|[=:.,()-])/uy;

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (groups === undefined) throw new SyntaxError(`unexpected character ${at}`);
    if (groups['word'] !== undefined) tokens.push({ kind: 'word', value: groups['word'], at });
    else if (groups['text'] !== undefined) tokens.push({ kind: 'text', value: unescape(groups['text']), at });
    else if (groups['sign'] !== undefined) tokens.push({ kind: 'sign', value: groups['sign'], at });
  }
  tokens.push({ kind: 'end', value: 'the end', at: text.length });
  return tokens;
}

const unescape = (text: string): string => text.replaceAll(/\\(.)/gu, '$1');

class FilterParser {
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): AttributeFilter {
    const filter = this.#expression();
    if (this.#peek().kind !== 'end') this.#fail('the end');
    return filter;
  }

  #expression(): AttributeFilter {
    const terms = [this.#term()];
    const operator = this.#isWord('AND') ? 'AND' : 'OR';
    while (this.#isWord(operator)) {
      this.#next();
      terms.push(this.#term());
    }
    if (this.#isWord('AND') || this.#isWord('OR')) this.#fail('parentheses around AND and OR that meet');
    return operator === 'AND'
      ? attributes => terms.every(term => term(attributes))
      : attributes => terms.some(term => term(attributes));
  }

  #term(): AttributeFilter {
    if (this.#isWord('NOT') || this.#isSign('-')) {
      this.#next();
      const term = this.#term();
      return attributes => !term(attributes);
    }
    if (this.#isSign('(')) {
      this.#next();
      const inner = this.#expression();
      this.#expectSign(')');
      return inner;
    }
    return this.#isWord('hasPrefix') ? this.#prefix() : this.#comparison();
  }

  #prefix(): AttributeFilter {
    this.#next();
    this.#expectSign('(');
    this.#expectWord('attributes');
    this.#expectSign('.');
    const key = this.#key();
    this.#expectSign(',');
    const prefix = this.#text();
    this.#expectSign(')');
    return attributes => own(attributes, key)?.startsWith(prefix) ?? false;
  }

  #comparison(): AttributeFilter {
    this.#expectWord('attributes');
    if (this.#isSign(':')) {
      this.#next();
      const key = this.#key();
      return attributes => own(attributes, key) !== undefined;
    }
    this.#expectSign('.');
    const key = this.#key();
    const negated = this.#isSign('!=');
    if (negated) this.#next();
    else this.#expectSign('=');
    const value = this.#text();
    return negated ? attributes => own(attributes, key) !== value : attributes => own(attributes, key) === value;
  }

  #key(): string {
    const token = this.#next();
    return token.kind === 'word' || token.kind === 'text' ? token.value : this.#fail('an attribute', token);
  }

  #text(): string {
    const token = this.#next();
    return token.kind === 'text' ? token.value : this.#fail('a quoted text', token);
  }

  #expectWord(word: string): void {
    const token = this.#next();
    if (token.kind !== 'word' || token.value !== word) this.#fail(word, token);
  }

  #expectSign(sign: string): void {
    const token = this.#next();
    if (token.kind !== 'sign' || token.value !== sign) this.#fail(`"${sign}"`, token);
  }

  #isWord(word: string): boolean {
    return this.#peek().kind === 'word' && this.#peek().value === word;
  }

  #isSign(sign: string): boolean {
    return this.#peek().kind === 'sign' && this.#peek().value === sign;
  }

  #peek(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', value: 'the end', at: 0 };
  }

  #next(): Token {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }

  #fail(expected: string, found: Token = this.#peek()): never {
    throw new SyntaxError(`expected ${expected} at character ${found.at}, found ${found.value}`);
  }
}

function own(attributes: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(attributes, key) ? attributes[key] : undefined;
}
