import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * The bearer tokens that were issued and still live, by hash, in a file: like Google's they stay valid when whoever
 * issued them restarts.
 */
export interface TokenGrant {
  /** Who the token stands for: a federated principal or a service account's e-mail address. */
  readonly principal: string;
  /** Separated by spaces. */
  readonly scope: string;
  readonly expiresAtMs: number;
}

export interface IssuedTokens {
  /** Remembers a new opaque token and answers it. */
  issue(grant: TokenGrant): string;
  /** `undefined` for a token that is unknown or over. */
  find(token: string): TokenGrant | undefined;
  close(): void;
}

export function openIssuedTokens(options: { stateDirectory: string; now: () => number }): IssuedTokens {
  mkdirSync(options.stateDirectory, { recursive: true });
  const database = new DatabaseSync(join(options.stateDirectory, 'issued-tokens.sqlite'));
  database.exec('PRAGMA journal_mode = WAL');
  database.exec(
    'CREATE TABLE IF NOT EXISTS issued (hash TEXT PRIMARY KEY, principal TEXT, scope TEXT, expires_at_ms INTEGER) STRICT',
  );
  const insert = database.prepare('INSERT INTO issued VALUES (?, ?, ?, ?)');
  const forget = database.prepare('DELETE FROM issued WHERE expires_at_ms <= ?');
  const select = database.prepare('SELECT principal, scope, expires_at_ms FROM issued WHERE hash = ?');
  const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

  return {
    issue: grant => {
      const token = `ya29.${randomBytes(48).toString('base64url')}`;
      forget.run(options.now());
      insert.run(hashOf(token), grant.principal, grant.scope, grant.expiresAtMs);
      return token;
    },
    find: token => {
      const row = select.get(hashOf(token));
      if (row === undefined || Number(row['expires_at_ms']) <= options.now()) return undefined;
      return {
        principal: String(row['principal']),
        scope: String(row['scope']),
        expiresAtMs: Number(row['expires_at_ms']),
      };
    },
    close: () => database.close(),
  };
}
