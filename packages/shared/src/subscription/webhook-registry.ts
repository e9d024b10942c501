import type { Secret } from '../config/secret.ts';
import type { Result } from '../result/result.ts';

/** A vendor's list of webhook subscriptions. I/O: the vendor's API. */
export interface WebhookRegistry {
  list(): Promise<Result<readonly RemoteSubscription[], RegistryError>>;
  create(wanted: {
    readonly url: string;
    readonly events: readonly string[];
  }): Promise<Result<RemoteSubscription, RegistryError>>;
  /** Brings events and the active flag to what is wanted; the address of a subscription never changes. */
  update(
    id: string,
    wanted: { readonly url: string; readonly events: readonly string[]; readonly active: boolean },
  ): Promise<Result<RemoteSubscription, RegistryError>>;
  remove(id: string): Promise<Result<void, RegistryError>>;
  /** `not_found` for a while after creation: ask again. */
  secretOf(subscription: RemoteSubscription): Promise<Result<Secret, RegistryError>>;
}

export interface RemoteSubscription {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** The vendor switched it off, or somebody did. Always true where the vendor has no such flag. */
  readonly active: boolean;
}

export type RegistryError =
  | { readonly kind: 'not_found'; readonly detail: string }
  /** `nothingDone`: it said so itself, by a limit; else what was asked for may have been done. */
  | {
      readonly kind: 'unavailable';
      readonly detail: string;
      readonly retryAfterMs?: number;
      readonly nothingDone?: true;
    }
  | { readonly kind: 'denied'; readonly detail: string }
  /** The vendor does not take it, e.g. an event it no longer offers. */
  | { readonly kind: 'refused'; readonly detail: string };
