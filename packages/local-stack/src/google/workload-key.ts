import { exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose';

/** Fresh keys for a local stack: the private half for the Workers, the public half for `startGoogle`. */
export async function generateWorkloadKey(): Promise<{ privateKey: JWK; publicKey: JWK }> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const named = { alg: 'ES256', kid: crypto.randomUUID() };
  return {
    privateKey: { ...(await exportJWK(pair.privateKey)), ...named },
    publicKey: { ...(await exportJWK(pair.publicKey)), ...named },
  };
}

/** A service account's key file, as the console downloads it, and its public half. */
export async function generateServiceAccountKey(account: {
  readonly email: string;
  readonly tokenUri: string;
}): Promise<{ keyFile: Readonly<Record<string, string>>; publicKey: JWK }> {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const kid = crypto.randomUUID();
  return {
    keyFile: {
      type: 'service_account',
      client_email: account.email,
      private_key_id: kid,
      private_key: await exportPKCS8(pair.privateKey),
      token_uri: account.tokenUri,
    },
    publicKey: { ...(await exportJWK(pair.publicKey)), alg: 'RS256', kid },
  };
}
