import { createHash } from 'node:crypto';

/** Values in place of the secrets of an environment: of the right form, and each to be known again wherever it turns up. */
const marked = (name: string): string => `Invented${createHash('sha256').update(name).digest('hex').slice(0, 40)}`;

const pem = (label: string, name: string): string =>
  `-----BEGIN ${label}-----\n${marked(name)}\n-----END ${label}-----\n`;

const google = (name: string): string => JSON.stringify({ type: 'service_account', private_key: marked(name) });

const OF_A_FORM: Readonly<Record<string, (name: string) => string>> = {
  listener_google_credentials: google,
  mongodb_keyfile: name => marked(name).repeat(8),
  netdata_rocketchat_webhook_url: name => `https://chat.example.com/hooks/${marked(name)}`,
  operator_google_credentials: google,
  traefik_origin_certificate: name => pem('CERTIFICATE', name),
  traefik_origin_key: name => pem('PRIVATE KEY', name),
};

/** By name. */
export const inventedSecrets = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map(name => [name, (OF_A_FORM[name] ?? marked)(name)]));

/** The part of each value by which it is known again. */
export const marksOf = (names: readonly string[]): ReadonlyMap<string, string> =>
  new Map(names.map(name => [name, marked(name)]));

/** Names of secrets that variables are given. */
export const secretNames = (mapping: string): string[] =>
  [...new Set([...mapping.matchAll(/swarm_secrets\.(\w+)/gu)].map(([, name = '']) => name))].toSorted();
