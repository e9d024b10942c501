import type { SourceRef } from '@innkeeper/shared/domain/answer';
import { otherPartyName } from '@innkeeper/shared/domain/call';
import type { When } from '@innkeeper/shared/domain/plan';
import { redact } from '@innkeeper/shared/redaction/redact';
import type { CallLine } from '../evaluate/calls.ts';
import type { News } from '../evaluate/since.ts';
import { bookingSource, guestInWords, homeInWords, line, standingInWords } from './booking-line.ts';
import { counted, dayInWords, instantInWords, zoneInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { severalZones } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';
import { headingOf } from './render-stays.ts';

/** Calls, and what happened since a moment. Numbers are never shown; the call itself is a click away. Pure. */
const MESSAGE_CHARACTERS_MAX = 240; // enough to recognise a message; the whole of it is in the guest's conversation

export function renderCalls(
  found: readonly CallLine[],
  asked: { readonly when: When; readonly filter: 'all' | 'missed' | 'voicemail'; readonly form: 'list' | 'count' },
  rendering: Rendering,
): Draft {
  const title = { all: 'Calls', missed: 'Missed calls', voicemail: 'Voicemails' }[asked.filter];
  const heading = headingOf(title, asked.when, [], rendering);
  return {
    lines: [
      `${heading}: ${found.length === 0 ? FIXED.none : counted(found.length, 'call')}`,
      ...(asked.form === 'count' ? [] : found.map(call => callInWords(call, rendering))),
    ],
    sources: found.map(callSource),
    homes: [],
  };
}

function callInWords({ record, date, time, zone, missed }: CallLine, rendering: Rendering): string {
  const { facts } = record;
  const clock = severalZones(rendering.homes) ? ` (${zoneInWords(zone)})` : '';
  const name = otherPartyName(facts);
  const who = name === undefined ? `number ${FIXED.notShown}` : plainText(redact(name));
  return line(
    `*${time}*${clock} ${dayInWords(date, rendering.thisYear)}`,
    `${facts.direction === 'inbound' ? 'from' : 'to'} ${who}`,
    missed ? 'missed' : facts.agent === undefined ? undefined : `with ${plainText(facts.agent)}`,
    facts.line?.name === undefined ? undefined : `line ${plainText(facts.line.name)}`,
    facts.hasVoicemail ? 'voicemail' : undefined,
    facts.tags.length === 0 ? undefined : facts.tags.map(tag => plainText(tag.name)).join(', '),
    `[open](${rendering.links.call(facts.callId)})`,
  );
}

const callSource = ({ record, time }: CallLine): SourceRef => ({ key: record.key, label: `call ${time}` });

export function renderNews(
  news: News,
  asked: { readonly from: string; readonly words: string },
  rendering: Rendering,
): Draft {
  const { homes, thisYear } = rendering;
  const full = rendering.scope === 'full';
  const since = plainText(asked.words) || instantInWords(asked.from, homes.mainZone, thisYear);
  const bookings = news.bookings.map(booking =>
    line(
      instantInWords(booking.receivedAt, homes.mainZone, thisYear),
      booking.isNew ? 'new booking' : 'booking changed',
      booking.stays.map(stay => homeInWords(stay.home)).join(', then '),
      guestInWords(booking, rendering),
      booking.stays[0] === undefined ? undefined : `arrives ${dayInWords(booking.stays[0].checkIn, thisYear)}`,
      standingInWords(booking) ?? plainText(booking.statusText),
      plainText(booking.code),
    ),
  );
  const messages = (full ? news.messages : []).map(({ facts }) => {
    const who = facts.author === 'guest' ? `from ${plainText(facts.guestName ?? 'a guest')}` : 'from the team';
    const home = facts.listingId === undefined ? undefined : homes.home(facts.listingId);
    return line(
      instantInWords(facts.sentAt, home?.zone ?? homes.mainZone, thisYear),
      `message ${who}`,
      home === undefined ? undefined : homeInWords(home),
      `“${shortened(plainText(redact(facts.text)))}”`,
    );
  });
  const texts = (full ? news.texts : []).map(({ facts }) =>
    line(
      instantInWords(facts.sentAt, homes.mainZone, thisYear),
      `text ${facts.direction === 'inbound' ? 'from' : 'to'} ${plainText(redact(otherPartyName(facts) ?? 'an unknown number'))}`,
      `“${shortened(plainText(redact(facts.text)))}”`,
    ),
  );
  const calls = (full ? news.calls : []).map(call => callInWords(call, rendering));
  const lines = [...bookings, ...messages, ...texts, ...calls];
  const hidden = full ? [] : ['Messages and calls are not shown in this room.'];
  return {
    lines: [
      `*Since ${since.replace(/^since /iu, '')}*: ${lines.length === 0 ? FIXED.none : counted(lines.length, 'item')}`,
      ...lines,
      ...hidden,
    ],
    sources: [
      ...news.bookings.map(bookingSource),
      ...(full
        ? [
            ...news.messages.map(({ key, facts }) => ({
              key,
              label: `message ${instantInWords(facts.sentAt, homes.mainZone, thisYear)}`,
            })),
            ...news.texts.map(({ key, facts }) => ({
              key,
              label: `text ${instantInWords(facts.sentAt, homes.mainZone, thisYear)}`,
            })),
            ...news.calls.map(callSource),
          ]
        : []),
    ],
    homes: news.bookings.flatMap(booking => booking.stays.map(stay => stay.home)),
  };
}

const shortened = (text: string): string =>
  text.length <= MESSAGE_CHARACTERS_MAX ? text : `${text.slice(0, MESSAGE_CHARACTERS_MAX).replace(/\\?$/u, '')}…`;
