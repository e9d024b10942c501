import { REPOSITORY_PASSWORD } from '@innkeeper/local-stack/testing/restic-repository';
import { startTestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import * as z from 'zod';

/** The real vault in workerd with all its rules on and an empty repository, under a clock that is set from outside. */
export interface VaultOnClock extends AsyncDisposable {
  /** restic's address, without credentials. */
  readonly repository: string;
  readonly password: string;
  now(): Date;
  setClock(now: Date): Promise<void>;
  /** Valid from the vault's instant on. */
  mint(order: { readonly subject: string; readonly scope: VaultScope; readonly hours: number }): Promise<string>;
  /** How often the vault refused what, by `<reason> <kind of request>`. Whole once it is closed. */
  refusals(): Readonly<Record<string, number>>;
}

const REPOSITORY = 'company';

export async function startVaultOnClock(start: Date): Promise<VaultOnClock> {
  const vault = await startTestVault({ clock: 'set' });
  let clock = start;
  await vault.setTime(start);
  await vault.createRepository(REPOSITORY);
  return {
    repository: vault.repositoryOf(REPOSITORY),
    password: REPOSITORY_PASSWORD,
    now: () => clock,
    async setClock(now) {
      clock = now;
      await vault.setTime(now);
    },
    mint({ subject, scope, hours }) {
      const until = new Date(clock.getTime() + hours * 3_600_000);
      return vault.tokens.mint({ subject, scope, repository: REPOSITORY, from: clock, until, snapshotsMax: 8 });
    },
    refusals: () => countRefusals(vault.logged),
    [Symbol.asyncDispose]: () => vault.close(),
  };
}

const RefusalLine = z.object({
  event: z.literal('request.refused'),
  reason: z.string(),
  kind: z.string().default('unknown'),
});

function countRefusals(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) {
    const refusal = RefusalLine.safeParse(tryJson(line));
    if (!refusal.success) continue;
    const name = `${refusal.data.reason} ${refusal.data.kind}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // workerd's own words.
  }
}
