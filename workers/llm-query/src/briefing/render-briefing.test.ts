import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { describe, expect, test } from 'vitest';
import { homeRecords } from '../../test/support/render.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { linksTo } from '../compose/links.ts';
import { homesAt } from '../evaluate/homes.ts';
import type { Gaps } from '../evaluate/snapshot.ts';
import { briefingSections } from './briefing-sections.ts';
import { renderBriefing } from './render-briefing.ts';

const homes = homesAt(
  homeRecords.filter(record => record.kind === 'listing'),
  Date.parse(ASKED_AT),
);
const links = linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' });

const whole: Gaps = { unread: 0, isNewestMissing: false };

const briefing = ({ gaps = whole, newestRecordAt }: { gaps?: Gaps; newestRecordAt: string | undefined }): string => {
  const sections = briefingSections('evening', 'operations', homes).map(section => ({
    ...section,
    snapshot: { homes, records: [], gaps },
  }));
  const facts = { kind: 'evening', date: '2026-11-21' as LocalDate, sections, newestRecordAt } as const;
  return renderBriefing(facts, { homes, scope: 'operations', thisYear: '2026', links }).lines.join('\n');
};

describe('a briefing that found nothing', () => {
  test('says so in one line', () => {
    expect(briefing({ newestRecordAt: ASKED_AT })).toBe(
      '*Evening look at tomorrow, Sat 21 Nov*\nNobody arrives or leaves tomorrow.',
    );
  });

  test('does not say that nobody comes where something could not be read, and says that once', () => {
    const text = briefing({ gaps: { unread: 2, isNewestMissing: false }, newestRecordAt: ASKED_AT });
    expect(text).not.toContain('Nobody arrives or leaves');
    expect(text).toContain('*Checking in tomorrow* (Sun 22 Nov): nobody');
    expect(text.match(/2 records could not be read/gu)).toHaveLength(1);
  });

  test('says when nothing was ever received', () => {
    expect(briefing({ newestRecordAt: undefined })).toContain('No booking, message or call was ever received');
  });
});
