import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ActiveRun, BackupRun, BackupSummary } from './backup-run.ts';
import { BeginReply, ExchangeRefusal, ExchangeRequest, RetentionReply } from './exchange.ts';
import { RunInstructions } from './instructions.ts';
import { BackupReport, ReportReply } from './report.ts';
import { VaultClaims } from './vault-token.ts';

/**
 * What has been written once, by whichever release: on a server's disk, in Firestore, on its way. Each file holds
 * examples by name; a field that is new has to appear in one of them, and the old ones stay as they are.
 */
interface Contract {
  readonly file: string;
  readonly group: string;
  readonly schema: z.core.$ZodType;
  /** What a reader fills in. */
  readonly defaults?: object;
  readonly isVersioned?: false;
}

const CONTRACTS: readonly Contract[] = [
  { file: 'instructions', group: 'instructions', schema: RunInstructions },
  { file: 'exchange', group: 'requests', schema: ExchangeRequest },
  { file: 'exchange', group: 'beginReplies', schema: BeginReply },
  { file: 'exchange', group: 'retentionReplies', schema: RetentionReply },
  { file: 'exchange', group: 'refusals', schema: ExchangeRefusal, isVersioned: false },
  { file: 'report', group: 'reports', schema: BackupReport },
  { file: 'report', group: 'replies', schema: ReportReply },
  { file: 'backup-run', group: 'runs', schema: BackupRun },
  { file: 'backup-run', group: 'active', schema: ActiveRun },
  { file: 'backup-run', group: 'summaries', schema: BackupSummary },
  { file: 'vault-token', group: 'claims', schema: VaultClaims, defaults: { v: 1, snapshotsMax: 0 } },
];

function readExamples({ file, group }: Contract): readonly (readonly [name: string, example: object])[] {
  const text = readFileSync(path.join(import.meta.dirname, `${file}.golden.json`), 'utf8');
  const groups = z.record(z.string(), z.record(z.string(), z.looseObject({}))).parse(JSON.parse(text));
  return Object.entries(groups[group] ?? {});
}

interface Part {
  /** `.server.addresses[]`, `.trigger.kind=manual`. */
  readonly at: string;
  readonly isOptional: boolean;
}

/** Every field that a schema knows, and every value that it names. */
function partsOf(schema: z.core.JSONSchema.BaseSchema, at = ''): Part[] {
  const { properties = {}, required = [], items, anyOf = [], oneOf = [], additionalProperties } = schema;
  const inside = (part: unknown, where: string): Part[] => (isSchema(part) ? partsOf(part, where) : []);
  return [
    ...(schema.const === undefined ? [] : [{ at: `${at}=${String(schema.const)}`, isOptional: false }]),
    ...Object.entries(properties).flatMap(([name, part]) => [
      { at: `${at}.${name}`, isOptional: !required.includes(name) },
      ...inside(part, `${at}.${name}`),
    ]),
    ...[...anyOf, ...oneOf].flatMap(part => inside(part, at)),
    ...inside(items, `${at}[]`),
    ...inside(additionalProperties, `${at}.*`),
  ];
}

const isSchema = (part: unknown): part is z.core.JSONSchema.BaseSchema =>
  typeof part === 'object' && part !== null && !Array.isArray(part);

/** The same of an example; what stands below a name stands also below `*`. */
function placesIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => placesIn(item, `${at}[]`));
  if (typeof value !== 'object' || value === null) return [`${at}=${String(value)}`];
  return Object.entries(value).flatMap(([name, part]) => [
    `${at}.${name}`,
    ...placesIn(part, `${at}.${name}`),
    ...placesIn(part, `${at}.*`),
  ]);
}

describe.each(CONTRACTS)('$file, $group', contract => {
  const { schema, defaults = {} } = contract;
  const examples = readExamples(contract);
  const parts = partsOf(z.toJSONSchema(schema, { io: 'input' }));

  it.each(examples)('%s: is read as it was written', (_name, example) => {
    expect(z.parse(schema, example)).toEqual({ ...defaults, ...example });
  });

  it('has an example of every field and of every form', () => {
    const shown = new Set(placesIn(Object.fromEntries(examples), '').map(place => place.replace(/^\.\*/u, '')));
    expect(parts.map(({ at }) => at).filter(at => !shown.has(at))).toEqual([]);
  });

  it('has one without anything that may be left out, as it was before that was added', () => {
    const optional = parts.filter(({ isOptional }) => isOptional).map(({ at }) => at);
    const least = examples.filter(([, example]) => !placesIn(example).some(place => optional.includes(place)));
    expect(least).not.toEqual([]);
  });
});

describe.each(CONTRACTS.filter(({ isVersioned = true }) => isVersioned))('$file, $group', contract => {
  it.each(readExamples(contract))('%s: of a version that is not known it is refused', (_name, example) => {
    expect(z.safeParse(contract.schema, { ...example, v: 2 }).success).toBe(false);
  });
});

it('instructions hold nothing else: every process on a server can read them', () => {
  for (const [, example] of readExamples({ file: 'instructions', group: 'instructions', schema: RunInstructions })) {
    expect(RunInstructions.safeParse({ ...example, resticPassword: 'x' }).success).toBe(false);
  }
});
