import type { SourceRef } from '@innkeeper/shared/domain/answer';
import { otherPartyName } from '@innkeeper/shared/domain/call';
import type { CallLine } from '../evaluate/calls.ts';
import { line } from './booking-line.ts';
import { dayInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { clockInWords } from './moment-in-words.ts';
import { plainName } from './plain-text.ts';

/** One call in a line, opened by its link. Numbers are never shown. Pure. */
export function callInWords({ record, date, time, zone, missed }: CallLine, rendering: Rendering): string {
  const { facts } = record;
  const name = otherPartyName(facts);
  const who = name === undefined ? `number ${FIXED.notShown}` : plainName(name);
  return line(
    `${dayInWords(date, rendering.thisYear)} *${time}*${clockInWords(zone, rendering)}`,
    `${facts.direction === 'inbound' ? 'from' : 'to'} ${who}`,
    missed ? 'missed' : facts.agent === undefined ? undefined : `with ${plainName(facts.agent)}`,
    facts.line?.name === undefined ? undefined : `line ${plainName(facts.line.name)}`,
    facts.hasVoicemail ? 'voicemail' : undefined,
    facts.tags.length === 0 ? undefined : facts.tags.map(tag => plainName(tag.name)).join(', '),
    `[open](${rendering.links.call(facts.callId)})`,
  );
}

export const callSource = ({ record, time }: CallLine): SourceRef => ({ key: record.key, label: `call ${time}` });
