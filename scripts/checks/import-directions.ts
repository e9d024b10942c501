import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { runTool } from './run-tool.ts';

/**
 * The import directions are lint rules, and a lint rule whose file pattern no longer matches is silent. So the lint
 * configuration itself is put before small files that break each direction, and must say so; and before some that are
 * allowed, and must stay silent.
 */
interface Case {
  readonly file: string;
  readonly imports: string;
  readonly allowed: boolean;
}

const forbidden = (file: string, imports: string): Case => ({ file, imports, allowed: false });
const allowed = (file: string, imports: string): Case => ({ file, imports, allowed: true });

export const IMPORT_CASES: readonly Case[] = [
  forbidden('packages/shared/src/domain/a.ts', '../ports/embedder.ts'),
  forbidden('packages/shared/src/domain/b.ts', '../adapters/qdrant/point.ts'),
  forbidden('packages/shared/src/domain/c.ts', 'node:crypto'),
  forbidden('packages/shared/src/domain/d.ts', 'jose'),
  allowed('packages/shared/src/domain/e.ts', 'zod'),
  allowed('packages/shared/src/domain/i.ts', 'zod/mini'),
  forbidden('packages/shared/src/domain/j.ts', 'zod/locales'),
  allowed('packages/shared/src/domain/f.ts', '../result/result.ts'),
  allowed('packages/shared/src/domain/g.ts', './plan.ts'),
  forbidden('packages/shared/src/domain/h.ts', '../backup/vault-tokens.ts'),
  forbidden('packages/shared/src/contracts/a.ts', '../adapters/groq/groq-model.ts'),
  forbidden('packages/shared/src/contracts/backup/a.ts', '../../adapters/groq/groq-model.ts'),
  forbidden('packages/shared/src/contracts/backup/b.ts', 'node:crypto'),
  allowed('packages/shared/src/contracts/backup/c.ts', '../../domain/local-time.ts'),
  forbidden('packages/shared/src/backup/a.ts', 'node:crypto'),
  forbidden('packages/shared/src/backup/b.ts', '../testing/builders.ts'),
  allowed('packages/shared/src/backup/c.ts', '../contracts/backup/vault-token.ts'),
  forbidden('packages/shared/src/ports/a.ts', '../ingest/store.ts'),
  forbidden('packages/shared/src/ports/b.ts', 'node:fs'),
  allowed('packages/shared/src/ports/c.ts', '../domain/plan.ts'),
  forbidden('packages/shared/src/adapters/groq/a.ts', 'node:http'),
  forbidden('packages/shared/src/adapters/http/a.ts', 'node:http'),
  forbidden('packages/shared/src/adapters/qdrant/a.ts', '../../testing/builders.ts'),
  allowed('packages/shared/src/adapters/node/a.ts', 'node:fs'),
  forbidden('packages/shared/src/redaction/a.ts', 'node:buffer'),
  forbidden('workers/llm-query/src/a.ts', 'node:fs'),
  forbidden('workers/llm-query/src/b.ts', '@innkeeper/local-stack/queues/clock'),
  forbidden('workers/guesty-webhook/src/a.ts', '@innkeeper/shared/testing/in-memory-document-store'),
  allowed('workers/guesty-webhook/src/d.ts', '@innkeeper/shared/adapters/guesty/guesty-client'),
  allowed('packages/shared/src/ingest/a.ts', '../ports/document-store.ts'),
  allowed('packages/shared/src/adapters/groq/b.ts', '../../config/secret.ts'),
  allowed('workers/guesty-webhook/src/b.ts', '@innkeeper/shared/domain/plan'),
  allowed('workers/guesty-webhook/src/c.test.ts', '@innkeeper/shared/testing/in-memory-document-store'),
  forbidden('functions/vectorize/src/a.ts', '@innkeeper/local-stack/queues/clock'),
  allowed('functions/vectorize/src/b.ts', 'node:fs'),
  forbidden('functions/backup/src/a.ts', '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner'),
  forbidden('functions/backup/src/sweep/a.ts', '../testing/in-memory-servers.ts'),
  forbidden('functions/backup/src/sweep/b.ts', '@innkeeper/shared/testing/in-memory-document-store'),
  allowed('functions/backup/src/testing/a.ts', '@innkeeper/shared/testing/in-memory-document-store'),
  forbidden('functions/backup/src/testing/b.ts', '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner'),
  allowed('functions/backup/proof/a.ts', '@innkeeper/local-stack/cli/progress-bar'),
  forbidden('services/backup-runner/src/a.ts', '@innkeeper/local-stack/postgres/start-postgres'),
  forbidden('services/backup-runner/src/run/a.ts', '../testing/manual-time.ts'),
  forbidden('services/backup-runner/src/testing/a.ts', '@innkeeper/local-stack/testing/eventually'),
  forbidden('services/backup-runner/restore/a.ts', '@innkeeper/local-stack/postgres/start-postgres'),
  forbidden('services/backup-runner/restore/plan/a.ts', '../../proof/succeeded.ts'),
  forbidden('services/backup-runner/operate/a.ts', '../test/support/run-command.ts'),
  allowed('services/backup-runner/restore/b.ts', '../src/restic/cli-restic.ts'),
  allowed('services/backup-runner/restore/plan/b.ts', '../../src/proof-of-restore/mongodb/read-archive.ts'),
  forbidden('workers/backup-vault/src/a.ts', 'node:crypto'),
  forbidden('workers/backup-vault/src/serve/a.ts', '@innkeeper/local-stack/testing/start-test-vault'),
  allowed('workers/backup-vault/test/a.ts', '@innkeeper/local-stack/testing/start-test-vault'),
  forbidden('eval/src/truth/a.ts', '@innkeeper/llm-query/understand/understand'),
  forbidden('eval/src/truth/b.ts', '@innkeeper/llm-query/understand/dates/read-dates'),
  forbidden('eval/src/judge/a.ts', '@innkeeper/llm-query/evaluate/stay-events'),
  forbidden('eval/src/judge/b.ts', '@innkeeper/llm-query/compose/fixed-words'),
  forbidden('eval/src/assistant/a.ts', '@innkeeper/llm-query/retrieve/read-records'),
  forbidden('eval/src/assistant/b.ts', '@innkeeper/llm-query/permission/readable-rooms'),
  forbidden('eval/src/assistant/c.ts', '../../../workers/llm-query/src/render-plan.ts'),
  forbidden('eval/test/a.ts', '@innkeeper/llm-query/understand/understand'),
  allowed('eval/src/assistant/d.ts', '@innkeeper/llm-query/answer-question'),
  allowed('eval/src/assistant/e.ts', '@innkeeper/shared/testing/in-memory-document-store'),
];

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

export async function findSilentDirections(root: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-directions-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    for (const { file, imports } of IMPORT_CASES) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `export * from '${imports}';\n`);
    }
    const { output } = await runTool(root, 'oxlint', ['--format', 'json'], folder);
    const refused = new Set(
      Report.parse(JSON.parse(output))
        .diagnostics.filter(({ code }) => code.includes('no-restricted-imports'))
        .map(({ filename }) => filename),
    );
    return IMPORT_CASES.filter(({ file, allowed }) => refused.has(file) === allowed).map(
      ({ file, imports, allowed }) =>
        allowed
          ? `${file} may import ${imports}, but lint refuses it`
          : `${file} may not import ${imports}, but lint allows it`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
