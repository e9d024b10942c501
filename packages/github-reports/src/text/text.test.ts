import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairShare, fitSections } from './fit-sections.ts';
import { fitText } from './fit-text.ts';
import { stripSecrets } from './strip-secrets.ts';

const WHOLE = 'The artifacts have all of it.';
const countOf = (text: string, part: string) => text.split(part).length - 1;
/** As CommonMark has it: the longer fence wins, and only the like of it ends the block. */
function isInCode(markdown: string): boolean {
  let fence = 0;
  for (const line of markdown.split('\n')) {
    const run = /^`{3,}/u.exec(line)?.[0].length ?? 0;
    if (fence === 0) fence = run;
    else if (run >= fence && /^`+\s*$/u.test(line)) fence = 0;
  }
  return fence > 0;
}
const arbitraryMarkdown = fc
  .array(
    fc.constantFrom('a line\n', '```\n', '\n````diff\n', '\n````\n', '<details>\n', '</details>\n', '😀', 'word '),
    {
      minLength: 300,
      maxLength: 600,
    },
  )
  .map(parts => parts.join(''));

describe('a text that is too long', () => {
  it('is cut to the limit, with whole characters, closed blocks and a sentence', () => {
    fc.assert(
      fc.property(arbitraryMarkdown, fc.integer({ min: 800, max: 1_500 }), (text, limit) => {
        const fitted = fitText(text, limit, WHOLE);
        fc.pre(text.length > limit);
        expect(fitted.length).toBeLessThanOrEqual(limit);
        expect(fitted).toContain(WHOLE);
        expect(fitted.isWellFormed()).toBe(true);
        expect(isInCode(fitted)).toBe(false);
      }),
    );
  });

  it('stays as it is where it fits', () => {
    expect(fitText('a\n```\nb', 900, WHOLE)).toBe('a\n```\nb');
  });

  it('says how much is missing', () => {
    expect(fitText('x'.repeat(2_000), 1_000, WHOLE)).toMatch(/\n_1,400 characters are left out here\. The artifacts/u);
  });
});

describe('sections of one comment', () => {
  it('share what there is: the short stay whole, the long get equal parts', () => {
    expect(fairShare([10, 1_000, 1_000], 210)).toBe(100);
    expect(fairShare([10, 20], 100)).toBe(70 + 30);
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 9 }), fc.nat(20_000), (lengths, room) => {
        const share = fairShare(lengths, room);
        const taken = lengths.reduce((sum, length) => sum + Math.min(length, share), 0);
        expect(taken).toBeLessThanOrEqual(Math.max(room, 0));
      }),
    );
  });

  it('fit, and none pushes out another', () => {
    const sections = ['dev', 'staging', 'prod'].map(title => ({ title, text: `${title}\n${'plan\n'.repeat(30_000)}` }));
    const text = fitSections('# Infrastructure', [...sections, { title: 'small', text: 'whole' }], 60_000, WHOLE);
    expect(text.length).toBeLessThanOrEqual(60_000);
    for (const { title } of sections) expect(text).toContain(`<summary>${title}</summary>\n\n${title}\nplan`);
    expect(text).toContain('\nwhole\n');
    expect(countOf(text, 'characters are left out')).toBe(3);
  });
});

describe('credentials', () => {
  const INVENTED = 'Ab3'.repeat(14);
  it.each([
    `password = "${INVENTED}"`,
    `  "api_key": "${INVENTED}",`,
    `HCLOUD_TOKEN=${INVENTED}`,
    `https://restic:${INVENTED}@vault.example.com/`,
    `AGE-SECRET-KEY-1${INVENTED.toUpperCase()}`,
    `ya29.${INVENTED}`,
    `ghp_${INVENTED}`,
    `Authorization: Bearer ${INVENTED}`,
    `-----BEGIN PRIVATE KEY-----\n${INVENTED}\n-----END PRIVATE KEY-----`,
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${INVENTED}\ncut off here`,
  ])('%s goes', text => {
    expect(stripSecrets(`before\n${text}\nafter`)).toContain('[secret]');
    expect(stripSecrets(text)).not.toMatch(new RegExp(INVENTED, 'iu'));
  });

  it('goes by its value, wherever it stands', () => {
    expect(stripSecrets('resource is hunter-22 here', ['hunter-22'])).toBe('resource is [secret] here');
  });

  it.each([
    '  + secret_id = "worker-google-key"'.replace('secret_id', 'name'),
    'password = (sensitive value)',
    'secret = "projects/example/secrets/groq/versions/3"',
    'token = (known after apply)',
    '  ~ max_delivery_attempts = 5 -> 10',
    'url = "https://example.com/a"',
  ])('%s stays', text => {
    expect(stripSecrets(text)).toBe(text);
  });
});
