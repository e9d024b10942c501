import type { SecretEntry } from '../catalogue/secret-entry.ts';
import type { Service } from '../ports/vendor-failure.ts';
import type { ReaderState } from '../rotate/behind-readers.ts';

/** What is known of every secret of one environment. Times and versions; never a value. */
export interface Status {
  readonly secrets: readonly SecretStatus[];
  readonly tokens: readonly TokenStatus[];
  /** Who could not be asked. */
  readonly unknown: readonly Unknown[];
}

export interface Unknown {
  readonly about: Service | 'sops';
  /** With the next step. */
  readonly sentence: string;
}

export interface SecretStatus {
  readonly entry: SecretEntry;
  /** `no_place`: Terraform has not made it. `unknown`: whoever keeps it could not be asked. */
  readonly state: 'set' | 'missing' | 'no_place' | 'in_the_clear' | 'not_text' | 'unknown';
  readonly version?: number;
  readonly setAtMs?: number;
  readonly readers: readonly ReaderState[];
}

export interface TokenStatus {
  readonly name: string;
  readonly expiresAtMs?: number;
}
