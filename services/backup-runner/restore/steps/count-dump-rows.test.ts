import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ProgramRunner } from '../../src/run/program-runner.ts';
import { countDumpRows } from './count-dump-rows.ts';

/** pg_restore, that prints this script in pieces of this size. */
const printing = (script: string, size: number): ProgramRunner => ({
  async run({ onStdout }) {
    const bytes = Buffer.from(script);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
    await onStdout?.(Readable.from(pieces));
    return { code: 0, signal: undefined, missing: false, stdout: '', stderr: '' };
  },
  start() {
    throw new Error('nothing stays');
  },
});

const identifier = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter(name => !name.includes('\n') && !name.includes('\0'));
/** As COPY writes it: no line feed, and never the line that ends the table. */
const row = fc
  .string({ unit: fc.constantFrom('a', '\t', '\u2028', '\r', '\\N', 'ü', ';', 'COPY public.x (a) FROM stdin') })
  .filter(text => text !== String.raw`\.`);
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

it('counts the rows of each table, whatever they hold and however the script arrives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(identifier, fc.array(row, { maxLength: 5 })), {
        selector: ([name]) => name,
        maxLength: 4,
      }),
      fc.integer({ min: 1, max: 64 }),
      async (tables, size) => {
        const script = tables
          .map(([name, rows]) => {
            const copied = [...rows, String.raw`\.`].join('\n');
            return `--\n-- Data\n--\n\nCOPY public.${quoted(name)} (a, "b c") FROM stdin;\n${copied}\n\n`;
          })
          .join('SET x = 1;\n');
        const counted = await countDumpRows(printing(script, size), 'dump', new AbortController().signal);
        expect(counted.ok && Object.fromEntries(counted.value)).toEqual(
          Object.fromEntries(tables.map(([name, rows]) => [`public.${name}`, rows.length])),
        );
      },
    ),
  );
});
