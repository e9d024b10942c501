import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import { generateWorkloadKey } from '../google/workload-key.ts';
import { writeWhole } from './write-whole.ts';

/** The secrets of one stack: made once, kept in its home for its owner only, handed to processes by environment. */
const Jwk = z.looseObject({ kty: z.string(), kid: z.string() });

const StackSecrets = z.object({
  guestyWebhookSecret: z.string(),
  guestyClientId: z.string(),
  guestyClientSecret: z.string(),
  aircallWebhookToken: z.string(),
  aircallApiId: z.string(),
  aircallApiToken: z.string(),
  operatorToken: z.string(),
  rocketchatWebhookToken: z.string(),
  rocketchatUserId: z.string(),
  rocketchatAuthToken: z.string(),
  qdrantApiKey: z.string(),
  qdrantReadOnlyApiKey: z.string(),
  groqApiKey: z.string(),
  embeddingsApiKey: z.string(),
  hetznerToken: z.string(),
  postgresPassword: z.string(),
  resticPassword: z.string(),
  /** Signs the vault's short-lived tokens; the vault itself has the public half. */
  vaultKey: z.object({ privateKey: Jwk, publicKey: Jwk }),
  /** The Workers' own key: they prove to Google's token service with it who they are. */
  workloadKey: z.object({ privateKey: Jwk, publicKey: Jwk }),
});
export type StackSecrets = z.infer<typeof StackSecrets>;

export async function openSecrets(path: string): Promise<StackSecrets> {
  const known = existsSync(path) ? z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  // A home that an earlier version made gets what has come since.
  const secrets = StackSecrets.parse({ ...(await makeSecrets()), ...known });
  writeWhole(path, JSON.stringify(secrets, undefined, 2));
  return secrets;
}

async function makeSecrets(): Promise<StackSecrets> {
  return {
    guestyWebhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
    guestyClientId: word(),
    guestyClientSecret: word(),
    aircallWebhookToken: word(),
    aircallApiId: word(),
    aircallApiToken: word(),
    operatorToken: word(),
    rocketchatWebhookToken: word(),
    rocketchatUserId: `bot${randomBytes(7).toString('hex')}`, // 17 characters, like Rocket.Chat's own ids
    rocketchatAuthToken: word(),
    qdrantApiKey: word(),
    qdrantReadOnlyApiKey: word(),
    groqApiKey: `gsk_${word()}`,
    embeddingsApiKey: word(),
    hetznerToken: word(),
    postgresPassword: word(),
    resticPassword: word(),
    vaultKey: await generateVaultKey(),
    workloadKey: StackSecrets.shape.workloadKey.parse(await generateWorkloadKey()),
  };
}

async function generateVaultKey(): Promise<StackSecrets['vaultKey']> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = word();
  const [privateJwk, publicJwk] = await Promise.all([exportJWK(privateKey), exportJWK(publicKey)]);
  const named = { kid, alg: 'EdDSA' };
  return { privateKey: Jwk.parse({ ...privateJwk, ...named }), publicKey: Jwk.parse({ ...publicJwk, ...named }) };
}

const word = (): string => randomBytes(16).toString('hex');
