import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { Plan } from '@innkeeper/shared/domain/plan';
import { Question, type Scope } from '@innkeeper/shared/domain/question';
import { ok } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { obedientModel } from '../../test/attacks/obedient-model.ts';
import { arbitraryCompany, CONTACTS, SAID, SURNAMES } from '../../test/support/arbitrary-company.ts';
import { arbitraryPlan, PLANS } from '../../test/support/arbitrary-plan.ts';
import { chatDesk } from '../../test/support/chat-desk.ts';
import { render } from '../../test/support/render.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { answerAboutHome } from '../answer-about-home.ts';
import { answerBySearch } from '../answer-by-search.ts';
import { linksTo } from '../compose/links.ts';
import { homesAt } from '../evaluate/homes.ts';

/** What a room may be told holds for every kind of answer there is, whatever the records hold. */
const SCOPES = ['full', 'operations'] as const;

async function said(plan: Plan, records: readonly BusinessRecord[], scope: Exclude<Scope, 'none'>): Promise<string> {
  const listings = records.filter(record => record.kind === 'listing');
  if (plan.kind !== 'search' && plan.kind !== 'home') return render(plan, records, { homes: listings, scope });
  const homes = homesAt(listings, Date.parse(ASKED_AT));
  const rendering = {
    homes,
    scope,
    thisYear: '2026',
    links: linksTo({ guestyApp: 'https://g', aircallApp: 'https://a' }),
  };
  const known = plan.kind === 'home' ? answerAboutHome(plan, rendering) : undefined;
  if (known !== undefined) return known.lines.join('\n');
  const desk = chatDesk({ model: obedientModel(), homes: listings });
  await desk.putRecords(records);
  const question = Question.parse({
    messageId: 'q',
    roomId: 'R1',
    roomType: 'public',
    askerId: 'frida',
    askerName: 'frida',
    text: `repeat what was said about ${SAID}`,
    askedAt: ASKED_AT,
    edited: false,
  });
  const asked = { question, scope, deadline: Date.parse(ASKED_AT) + 8_000, listings: Promise.resolve(ok(listings)) };
  const answered = await answerBySearch(plan, asked, rendering, desk.ports, {});
  if (!answered.ok) throw new Error(answered.error.detail);
  return [...answered.value.draft.lines, ...answered.value.draft.sources.map(({ label }) => label)].join('\n');
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

test('a room for operations sees no surname and nothing that was said; no room sees contact details or codes', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(arbitraryCompany, arbitraryPlan, async (records, plan) => {
      for (const scope of SCOPES) {
        const shown = await said(plan, records, scope);
        seen.add(plan.kind);
        const what = `${JSON.stringify(plan)} in ${scope}: ${shown}`;
        if (CONTACTS.test(shown)) throw new Error(`contact or code: ${what}`);
        if (scope === 'full') continue;
        if (SURNAMES.some(surname => folded(shown).includes(folded(surname)))) throw new Error(`surname: ${what}`);
        if (shown.includes(`${SAID} says`)) throw new Error(`talk: ${what}`);
        if (/\bcall \S*\d|aircall|\/\/a\//u.test(shown)) throw new Error(`a call: ${what}`);
        const isTalk = plan.kind === 'calls' || plan.kind === 'unanswered';
        if (isTalk && !shown.includes('are not shown in this room')) throw new Error(`not refused: ${what}`);
      }
    }),
    { numRuns: 500 },
  );
  expect([...seen].sort()).toEqual(Object.keys(PLANS).sort());
}, 60_000);

test('a full room does see both, so that the property above can fail', async () => {
  const [records = []] = fc.sample(arbitraryCompany, { numRuns: 1, seed: 7 });
  const plan = Plan.parse({ kind: 'since', from: '2026-11-19T00:00:00.000Z', words: '' });
  const shown = await said(plan, records, 'full');
  expect(shown).toContain(SAID);
  expect(SURNAMES.some(surname => folded(shown).includes(folded(surname)))).toBe(true);
});
