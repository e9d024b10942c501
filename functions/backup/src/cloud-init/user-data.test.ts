import { readFileSync } from 'node:fs';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderUserData } from './user-data.ts';

const specification = JSON.parse(
  readFileSync(new URL('../../../../packages/local-stack/specs/cloud-config.json', import.meta.url), 'utf8'),
) as { readonly schema: object };
const fitsSchema = new Ajv({ strict: false }).compile(specification.schema);

const TOKEN = 'A'.repeat(43);
const instructions = (changes: Record<string, unknown> = {}): RunInstructions =>
  RunInstructions.parse({
    v: 1,
    runId: '2026-11-21',
    exchangeUrl: 'https://exchange.example/exchange',
    token: TOKEN,
    ...changes,
  });

/** Any but halves of pairs. (`unit: 'binary'` first makes a table of all of them, which takes a second.) */
const character = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map(code => String.fromCodePoint(code));

interface CloudConfig {
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly runcmd: readonly (readonly string[])[];
}

describe('user_data', () => {
  it('is what a person can read', () => {
    expect(renderUserData(instructions())).toBe(`#cloud-config
write_files:
  - path: /run/innkeeper/run.json
    owner: root:root
    permissions: "0600"
    content: |
      {"v":1,"runId":"2026-11-21","exchangeUrl":"https://exchange.example/exchange","token":"${TOKEN}"}
runcmd:
  - - systemctl
    - start
    - --no-block
    - innkeeper-backup.service
ssh_deletekeys: true
ssh_genkeytypes:
  - ed25519
ssh_pwauth: false
package_update: false
package_upgrade: false
`);
  });

  it('fits cloud-init’s schema and brings the instructions through it, whatever is in them', () => {
    const path = fc.string({ unit: character, maxLength: 200 });
    const token = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map(bytes => Buffer.from(bytes).toString('base64url'));
    const runId = fc.constantFrom('2026-11-21', '2026-02-28-retry-2', '2028-02-29-manual-99');
    fc.assert(
      fc.property(runId, path, token, (id, rest, oneTime) => {
        const changes = { runId: id, exchangeUrl: `https://exchange.example/${rest}`, token: oneTime };
        fc.pre(RunInstructions.shape.exchangeUrl.safeParse(changes.exchangeUrl).success);
        const given = instructions(changes);
        const text = renderUserData(given);
        expect(text).toMatch(/^#cloud-config\n[\n -~]*$/u); // plain ASCII
        const document = parse(text) as CloudConfig;
        fitsSchema(document);
        expect(fitsSchema.errors).toBeNull();
        expect(document.write_files).toHaveLength(1);
        const [file] = document.write_files;
        expect(file).toMatchObject({ path: '/run/innkeeper/run.json', permissions: '0600' });
        expect(RunInstructions.parse(JSON.parse(file?.content ?? ''))).toEqual(given);
      }),
    );
  });

  it('holds the one-time token and nothing else that is secret', () => {
    const { write_files: files } = parse(renderUserData(instructions())) as CloudConfig;
    const written = JSON.parse(files[0]?.content ?? '') as object;
    expect(Object.keys(written)).toEqual(['v', 'runId', 'exchangeUrl', 'token']);
  });

  it('is never larger than Hetzner takes', () => {
    const tooLong = instructions({ exchangeUrl: `https://exchange.example/${'x'.repeat(32 * 1024)}` });
    expect(() => renderUserData(tooLong)).toThrow('32 KiB');
    expect(Buffer.byteLength(renderUserData(instructions()))).toBeLessThan(1024);
  });
});
