import type { SecretForm } from './secret-form.ts';

/** What is known of one secret of the system, without its value. */
export interface SecretEntry {
  /**
   * Its name where it is kept: a secret of Secret Manager, or a key of `swarm_secrets`. What GitHub alone keeps has one
   * for people: `readers.github` has the name there.
   */
  readonly id: string;
  /**
   * `secret_manager`: what functions and Workers read. `sops`: the Swarm's, by Ansible. `github`: the workflows' own.
   */
  readonly store: SecretStoreName;
  readonly meaning: string;
  readonly origin: SecretOrigin;
  readonly form: SecretForm;
  /** Days after which a person is reminded to renew it; absent where renewing is no routine (see `caution`). */
  readonly ageDaysMax?: number;
  /** How an old and a new value live together while one is replaced. */
  readonly overlap: Overlap;
  /** The product runs without it; nothing is missing when it is not set. */
  readonly isOptional?: true;
  /** What a person has to know before replacing a value that is in use. */
  readonly caution?: string;
  readonly readers: SecretReaders;
}

export type SecretStoreName = 'secret_manager' | 'sops' | 'github';

export type SecretOrigin =
  /** Somebody makes it at a vendor; `where` says how to get there. */
  | { readonly kind: 'person'; readonly where: string }
  /** `pnpm secrets generate`: so many random bytes, base64url, or as Svix writes its keys. `secrets/README.md` says how for those of sops. */
  | { readonly kind: 'random'; readonly bytes: number; readonly as?: 'whsec' }
  /** `pnpm secrets generate`: the public half is printed, for `publicHalf`. */
  | { readonly kind: 'key_pair'; readonly algorithm: 'Ed25519' | 'ES256'; readonly publicHalf: string }
  /** `pnpm secrets qdrant-keys`. */
  | { readonly kind: 'qdrant_key'; readonly access: 'read_only' | 'manage' }
  /** `pnpm secrets cloudflare-tokens`; `purpose` as in terraform/modules/cloudflare/tokens.tf. */
  | { readonly kind: 'cloudflare_token'; readonly purpose: 'plan' | 'workers' | 'embeddings' }
  /** A key file of a Google service account, made by a person. */
  | { readonly kind: 'google_key'; readonly account: string }
  /** The same text as another secret, or one of its items. */
  | { readonly kind: 'copy'; readonly of: string }
  /** Put together around another secret: `pattern` says how. */
  | { readonly kind: 'composed'; readonly of: string; readonly pattern: string };

/**
 * `list`: the value lists both, separated by commas. `vendor`: whoever checks it takes both, until a person removes the
 * old one there. `none`: the old one is refused from the moment there is a new one.
 */
export type Overlap = 'list' | 'vendor' | 'none';

export const WORKERS = ['aircall-webhook', 'backup-vault', 'guesty-webhook', 'llm-query', 'log-forwarder'] as const;
export type WorkerName = (typeof WORKERS)[number];

/** GitHub's environments of one of ours: the one that deploys, the one that plans, the one that looks. */
export const GITHUB_PLACES = ['ENV', 'ENV-plan', 'ENV-watch'] as const;
export type GithubPlace = (typeof GITHUB_PLACES)[number];

export interface GithubReaders {
  /** Name of the environment secret: the same in each place. */
  readonly name: string;
  readonly places: readonly [GithubPlace, ...GithubPlace[]];
}

export interface SecretReaders {
  /** Whether functions read it; functions/manifest.json says which, under which variable. */
  readonly functions?: true;
  /** Variable by Worker. */
  readonly workers?: Readonly<Partial<Record<WorkerName, string>>>;
  /** Variables of ansible/group_vars/all/secrets.yml. */
  readonly swarm?: readonly string[];
  /** Where workflows read it. */
  readonly github?: GithubReaders;
  /** Who reads it besides: a person with these words in mind. */
  readonly person?: string;
}
