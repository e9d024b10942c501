import type { Plan } from '@innkeeper/shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { askedAt, homes, words } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';

/** The plan of the last line of a thread; each line may lean on the one before. */
function planAfter(...lines: readonly string[]): Plan {
  let plan: Plan | undefined;
  for (const text of lines) {
    plan = understand({ text, askedAt, homes, words, ...(plan ? { context: { plan, answeredAt: askedAt } } : {}) });
  }
  if (!plan) throw new Error('a thread needs a line');
  return plan;
}
/** A fragment means what the whole question means, but for the words its days were read from. */
const withoutWords = (plan: Plan): unknown => {
  const { question: _, ...rest } = { question: undefined, ...plan };
  return 'when' in rest && rest.when ? { ...rest, when: rest.when.byToday } : rest;
};

describe('fragments in a thread', () => {
  it.each([
    [['arrivals today', 'and tomorrow?'], 'arrivals tomorrow'],
    [['arrivals today', 'tomorrow?'], 'arrivals tomorrow'],
    [['arrivals today', 'and tomorrow?', 'and in the Blue Flat?'], 'arrivals at the Blue Flat tomorrow'],
    [['arrivals tomorrow at Casa Verde', 'and departures?'], 'departures tomorrow at Casa Verde'],
    [['who is leaving on Friday', 'how many?'], 'how many departures on Friday'],
    [['how many departures on Friday', 'who?'], 'departures on Friday'],
    [['arrivals today', 'and Harbour View?'], 'arrivals today at both Harbour Views'],
    [['is the Garden Studio free on Friday', 'and the Blue Flat?'], 'is the Blue Flat free on Friday'],
    [['is the Garden Studio free on Friday', 'for 3 nights?'], 'is the Garden Studio free from Friday for 3 nights'],
    [['is the Garden Studio free on Friday', 'is it ready?'], 'is the Garden Studio ready?'],
    [['is the Garden Studio free on Friday', "what's its address?"], 'address of the Garden Studio'],
    [['who is in the Blue Flat', 'and tomorrow?'], 'who is in the Blue Flat tomorrow'],
    [['who is in the Blue Flat', 'when do they leave?'], 'who is in the Blue Flat'],
    [['who is in the Blue Flat', "what's the wifi there?"], 'wifi of the Blue Flat'],
    [['wifi of the Blue Flat', 'and parking?'], 'parking at the Blue Flat'],
    [['when does Maria arrive', 'and leave?'], 'when does Maria leave'],
    [['when does Maria arrive', 'how many nights?'], 'how many nights is Maria staying'],
    [['when does Maria arrive', 'what is her phone number?'], "what is Maria's phone number"],
    [['when does Maria arrive', 'and Mr Costa?'], 'when does Mr Costa arrive'],
    [['missed calls today', 'and yesterday?'], 'missed calls yesterday'],
    [['is Harbour View free tonight', '2'], 'is Harbour View 2 free tonight'],
    [['is Harbour View free tonight', 'the first one'], 'is Harbour View 1 free tonight'],
    [['is Harbour View free tonight', 'both'], 'are both Harbour Views free tonight'],
    [['is the Moon Palace free tonight', 'Blue Flat'], 'is the Blue Flat free tonight'],
    [['arrivals today', 'only the ones with kids'], 'arrivals today with kids'],
    [['arrivals today', 'only the ones with kids', 'how many?'], 'how many arrivals today with kids'],
    [['arrivals today', 'how many people?'], 'how many people arrive today'],
    [['arrivals today', 'no, I meant Sunday'], 'arrivals on Sunday'],
    [['is the Garden Studio free on Friday', 'what about the blue one?'], 'is the Blue Flat free on Friday'],
    [['new bookings today', 'and cancellations?'], 'cancellations today'],
    [['new bookings since 18:00', 'and yesterday?'], 'new bookings yesterday'],
    [['tasks today', 'only the open ones'], 'open tasks today'],
    [['calls with Maria today', 'and yesterday?'], 'calls with Maria yesterday'],
    [['when does Maria arrive', 'can she check in at 12?'], 'can Maria check in at 12'],
    [['can Maria check in at 12', 'and can she stay another night?'], 'can Maria stay another night'],
    [['who is in the Blue Flat', 'can they stay another night?'], 'can the guest in the Blue Flat stay another night'],
    [['arrivals on Friday', 'and the ones leaving?'], 'departures on Friday'],
    [['arrivals on Friday in Lisbon', 'everywhere'], 'arrivals on Friday'],
    [['arrivals on Friday', 'anyone late?'], 'arrivals on Friday after 20:00'],
    [['arrivals this week', 'and the week after?'], 'arrivals next week'],
    [['how many guests arrive tomorrow', 'list them'], 'arrivals tomorrow'],
    [['overview of Friday', 'departures only'], 'departures on Friday'],
    [['new bookings today', 'and cancelled?'], 'cancellations today'],
    [['missed calls today', 'from whom?'], 'missed calls today'],
    [['when does Mia Larsen arrive', 'phone number?'], "Mia Larsen's phone number"],
    [['when does Mia Larsen arrive', 'her booking'], "Mia Larsen's booking"],
    [['is the Blue Flat free tomorrow', "who's there now?"], 'who is in the Blue Flat'],
    [['is the Blue Flat free tomorrow', 'check-in time?'], 'check-in time in the Blue Flat'],
    [['who is in the Blue Flat', "what's their phone number?"], 'phone number of the guest in the Blue Flat'],
    [['who is in the Blue Flat', 'how many are they?'], 'who is in the Blue Flat'],
    [['wer reist heute an', 'und morgen?'], 'wer reist morgen an'],
    [['qui arrive demain', 'et samedi ?'], 'qui arrive samedi'],
  ])('%j means "%s"', (lines, whole) => {
    expect(withoutWords(planAfter(...lines))).toEqual(withoutWords(planAfter(whole)));
  });

  it.each(['today', 'tomorrow', 'who is leaving today?', 'calls today', 'help'])(
    '"%s" stands on its own in any thread',
    text => {
      for (const opening of [
        'arrivals on Friday at Casa Verde',
        'when does Maria arrive',
        'is Harbour View free tonight',
      ]) {
        expect(planAfter(opening, text)).toEqual(planAfter(text));
      }
    },
  );

  it.each(['and tomorrow?', 'how many?', 'what about Friday?', 'at what time?'])(
    '"%s" after nothing is unclear or searched',
    text => {
      expect(['unclear', 'search']).toContain(planAfter(text).kind);
    },
  );

  it('a thread read on after midnight still speaks of the days it spoke of', () => {
    const plan = planAfter('arrivals tomorrow');
    const next = understand({
      text: 'and departures?',
      askedAt: '2026-11-20T09:00:00Z',
      homes,
      words,
      context: { plan, answeredAt: askedAt },
    });
    expect(next).toMatchObject({
      kind: 'departures',
      when: { byToday: { '2026-11-20': { from: '2026-11-19', to: '2026-11-19' } } },
    });
  });

  it('the same free question is asked about the other home', () => {
    expect(
      planAfter('what did the guest in the Garden Studio say about the heating?', 'and the Blue Flat?'),
    ).toMatchObject({
      kind: 'search',
      words: 'what did the guest in the Blue Flat say about the heating?',
      homes: ['l-blue'],
    });
  });
});
