import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { CallLine } from '../evaluate/calls.ts';
import { daysOnLine } from '../evaluate/calls.ts';
import { callInWords, callSource } from './call-line.ts';
import { counted } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { headingOf } from './heading.ts';
import { listOf } from './list.ts';
import { plainText } from './plain-text.ts';

/** Calls of some days, or with one person, on the clocks of the lines, which are `zones`. Pure. */
export function renderCalls(
  found: readonly CallLine[],
  zones: readonly TimeZone[],
  asked: Pick<Extract<Plan, { kind: 'calls' }>, 'when' | 'filter' | 'with' | 'form'>,
  rendering: Rendering,
): Draft {
  const title = { all: 'Calls', missed: 'Missed calls', voicemail: 'Voicemails' }[asked.filter];
  const narrowed = asked.with === undefined ? [] : [`with “${plainText(asked.with)}”`];
  const searched =
    asked.with === undefined ? 'calls on every line' : 'names of callers, guests and colleagues in the calls';
  const days = zones.map(zone => ({ zone, days: daysOnLine(asked.when, zone, rendering.homes) }));
  return listOf(found, {
    heading: headingOf(title, asked.when, [], rendering, narrowed, days),
    summary: counted(found.length, 'call'),
    lines: asked.form === 'count' ? [] : found.map(call => callInWords(call, rendering)),
    searched: `_Searched: ${searched}._`,
    sources: found.map(callSource),
    homes: [],
  });
}
