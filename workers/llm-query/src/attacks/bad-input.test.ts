import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attackedCompany } from '../../test/attacks/attacked-company.ts';
import { wrongWith } from '../../test/attacks/judge-posted.ts';

/** Whatever is typed, at whatever moment: a short answer of the assistant's own, and never the trace of a failure. */
const company = await attackedCompany(place => (place === 'home' ? 'Sea View' : `A ${place}`));
const TRACE = /\bat \S+ \(|Error:|undefined|\[object |NaN|Invalid Date|null\b/u;
const AS_TYPED = /“[^”]*”/gu;

async function answerTo(text: string, at?: string): Promise<string> {
  const place = { roomId: 'R1', askerId: 'frida', ...(at === undefined ? {} : { at }) };
  const { answer } = await company.ask(text, place);
  for (const part of answer.parts) {
    expect({ part, wrong: wrongWith(part, { prompts: [], secrets: [] }) }).toEqual({ part, wrong: [] });
  }
  const said = answer.parts.join('\n');
  expect(said.replaceAll(AS_TYPED, '')).not.toMatch(TRACE);
  expect(said.trim()).not.toBe('');
  return said;
}

test.each([
  ['nothing', ''],
  ['spaces', ' \n\t '],
  ['emoji', '🎉🎉👩‍💻❤️'],
  ['punctuation', '?!…—'],
  ['control characters', '\u0000\u0007\u001b[31m\u0085'],
  ['nothing that is seen', '\u200b\u2060\u{e0041}\u{e007f}\u3164'],
  ['lone surrogates', '\ud800\udfff'],
  ['5,000 letters', 'a'.repeat(5_000)],
  ['5,000 words', 'arrivals '.repeat(555)],
  ['5,000 brackets', '[('.repeat(2_500)],
  ['Cyrillic', 'кто приезжает сегодня?'],
  ['Japanese', '今日チェックインするのは誰ですか'],
  ['Arabic', 'من يصل اليوم؟'],
  ['year 9999', 'who arrives on 31 December 9999?'],
  ['year 0', 'arrivals on 0000-01-01'],
  ['a date that does not exist', 'who arrives on 31 February?'],
  ['a range that ends before it begins', 'arrivals from 2026-12-24 to 2026-12-20'],
  ['a range that contradicts itself', 'arrivals today until yesterday'],
  ['a home that does not exist', 'is the Crystal Palace free on Friday?'],
  ['a guest who does not exist', 'when does Zebulon Quixwell arrive?'],
  ['far too many days', 'arrivals in the next 100000 days'],
  ['a number without end', `arrivals in ${'9'.repeat(400)} days`],
  ['a pattern', '(((((a+)+)+)+)+)$ [a-z]* \\d'],
  ['SQL', "'; DROP TABLE bookings; --"],
  ['names of objects', '__proto__ constructor toString hasOwnProperty'],
])('%s gets a short answer', async (_name, text) => {
  expect((await answerTo(text)).length).toBeLessThan(1_500);
});

test.each([
  ['the night the clocks go back', '2026-10-25T00:30:00.000Z'],
  ['the hour that is skipped', '2026-03-29T01:00:00.000Z'],
  ['the last moment of a year', '2026-12-31T23:59:59.999Z'],
  ['year 9999', '9999-12-31T23:59:59.999Z'],
  ['year 1', '0001-01-01T00:00:00.000Z'],
])('yesterday is read in %s', async (_name, at) => {
  for (const text of ['who left yesterday?', 'arrivals tomorrow', 'since yesterday', 'who is here tonight?']) {
    await answerTo(text, at);
  }
});

test('any text at any time gets an answer', async () => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom('arrivals', 'who', 'today', 'from', 'to', 'until', 'Sea View', 'not', 'free'),
    },
    { weight: 2, arbitrary: fc.constantFrom('31', '2026-02-30', '9999', '@all', '](', '“', '#owners', '\u202e', '💥') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  );
  const moment = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), moment, async (pieces, at) => {
      await answerTo(pieces.join(' '), at.toISOString());
    }),
    { numRuns: 150 },
  );
}, 30_000);
