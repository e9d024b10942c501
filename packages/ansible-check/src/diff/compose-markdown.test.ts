import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHARACTERS_MAX, composeMarkdown } from './compose-markdown.ts';

const compared = '1a2b3c4 → 5d6e7f8';
const file = (name: string, lines: readonly string[]): string =>
  `diff --git a/etc/${name} b/etc/${name}\n--- a/etc/${name}\n+++ b/etc/${name}\n@@ -1 +1 @@\n${lines.join('\n')}\n`;
const compose = (text: string, most?: number): string => composeMarkdown({ environment: 'prod', compared, text }, most);

test('no difference is said to be none', () => {
  expect(compose('')).toBe('### Ansible: prod\n\nNothing changes on the servers (1a2b3c4 → 5d6e7f8).\n');
});

test('what fits is shown whole, and counted', () => {
  const nats = file('nats.yml', ['-image: nats:2.11.10', '+image: nats:2.11.11']);
  expect(compose(nats)).toBe(
    `### Ansible: prod\n\n1 part differs, 2 changed lines (${compared}).\n\n\`\`\`diff\n${nats}\`\`\`\n`,
  );
});

test('a text with fences of its own stays within a longer one', () => {
  expect(compose(file('notes', ['+```']))).toMatch(/^````diff\n[^]*\n````\n$/mu);
});

test('tasks of a check run are parts, too', () => {
  const small = 'TASK [common : Keep time] ***\n--- before\n+++ after\n+pool\nchanged: [one]\n';
  const large = `TASK [common : Set the kernel] ***\n+${'x'.repeat(4_000)}\n`;
  const composed = compose(`[WARNING]: old\nPLAY [a] ***\n\n${small}${large}PLAY RECAP ***\n`, 3_000);
  expect(composed).toContain('2 parts differ, 2 changed lines');
  expect(composed).toContain(small);
  expect(composed).toContain('- TASK [common : Set the kernel] ***: 1 changed line\n');
});

test('it is never longer than a comment may be, and every part is shown whole or named as left out', () => {
  const parts = fc.array(fc.record({ lines: fc.array(fc.stringMatching(/^[+-][ -~]{0,400}$/u), { maxLength: 400 }) }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(parts, drawn => {
      const texts = drawn.map(({ lines }, n) => file(`file-${n}.yml`, lines));
      const composed = compose(texts.join(''));
      expect(composed.length).toBeLessThanOrEqual(CHARACTERS_MAX);
      for (const [n, text] of texts.entries())
        expect(composed.includes(text.trimEnd()) || composed.includes(`- etc/file-${n}.yml: `)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('so many parts that not even their names fit are counted', () => {
  const composed = compose(Array.from({ length: 500 }, (_, n) => file(`${n}`, [`+${'x'.repeat(2_000)}`])).join(''));
  expect(composed.length).toBeLessThanOrEqual(CHARACTERS_MAX);
  expect(composed).toMatch(/- and \d+ more\n$/u);
});
