import type { Plan } from '@innkeeper/shared/domain/plan';
import { redact } from '@innkeeper/shared/redaction/redact';
import { homeInWords } from './compose/booking-line.ts';
import { counted } from './compose/days-in-words.ts';
import type { Draft, Rendering } from './compose/draft.ts';
import { FIXED } from './compose/fixed-words.ts';
import { plainName, plainText } from './compose/plain-text.ts';
import type { Home } from './evaluate/homes.ts';
import { contentStems } from './free-text/words.ts';

/**
 * What a listing itself says about a home: usual times, size, address, and the sections of its description. Undefined
 * when no listing says anything on the topic, so that a search may find it elsewhere. Pure.
 */
export function answerAboutHome(plan: Extract<Plan, { kind: 'home' }>, rendering: Rendering): Draft | undefined {
  const homes = plan.homes.map(id => rendering.homes.home(id));
  const found = homes.map(home => ({ home, facts: factsOn(plan.topic, home) }));
  if (found.every(({ facts }) => facts.length === 0)) return undefined;
  return {
    lines: found.flatMap(({ home, facts }) =>
      facts.length === 0
        ? [`${homeInWords(home)}: ${FIXED.notRecorded}`]
        : facts.map(fact => `${homeInWords(home)}: ${fact}`),
    ),
    sources: found
      .filter(({ facts }) => facts.length > 0)
      .map(({ home }) => ({ key: home.key, label: `listing ${plainName(home.name)}` })),
    homes,
  };
}

const SECTION_CHARACTERS_MAX = 1_500;

function factsOn(topic: string, home: Home): string[] {
  const { listing } = home;
  if (listing === undefined) return [];
  const asks = (pattern: RegExp): boolean => pattern.test(topic);
  const facts: (string | undefined)[] = [];
  if (asks(/check.?in|arriv|\bopen/iu)) {
    facts.push(home.defaultCheckIn && `check-in from *${home.defaultCheckIn}* default`);
  }
  if (asks(/check.?out|depart|leav/iu)) {
    facts.push(home.defaultCheckOut && `check-out by *${home.defaultCheckOut}* default`);
  }
  if (asks(/address|where|street|located|location/iu)) {
    facts.push(listing.address === undefined ? undefined : `address ${plainName(listing.address)}`);
  }
  if (asks(/sleep|accommodat|capacity|how many (?:people|guests|persons)|big|size/iu)) {
    facts.push(
      listing.accommodates === undefined ? undefined : `accommodates ${counted(listing.accommodates, 'guest')}`,
    );
  }
  if (asks(/bed ?room|\brooms?\b|big|size/iu)) {
    facts.push(listing.bedrooms === undefined ? undefined : counted(listing.bedrooms, 'bedroom'));
  }
  return [...facts.filter(fact => fact !== undefined), ...sectionsOn(topic, listing.description)];
}

/** Sections whose heading is the topic; else those whose text speaks of it. */
function sectionsOn(topic: string, sections: readonly { topic: string; text: string }[]): string[] {
  const asked = contentStems(spellingsJoined(topic));
  if (asked.size === 0) return [];
  const speaksOf = (text: string): boolean => !asked.isDisjointFrom(contentStems(spellingsJoined(text)));
  const headed = sections.filter(section => speaksOf(section.topic));
  return (headed.length > 0 ? headed : sections.filter(section => speaksOf(section.text))).map(
    section => `${plainName(section.topic)}: ${plainText(redact(section.text).slice(0, SECTION_CHARACTERS_MAX))}`,
  );
}

/** "wi-fi", "wi fi", "wlan" and "internet" are one thing to whoever asks. */
const spellingsJoined = (text: string): string =>
  text.replace(/wi[\s-]?fi|wlan|wireless|internet/giu, 'wifi').replace(/car ?park|garage/giu, 'parking');
