import type { Asked } from '../ask/asked.ts';
import type { Posted } from '../assistant/assistant.ts';
import type { World } from '../world/world.ts';
import type { Judgement } from './judge.ts';
import { lineOf } from './read-answer.ts';
import { allOf, unless, type Verdict, wrong } from './verdict.ts';

/**
 * The naive baseline's five texts as an answer, read kindly: the texts need to hold the right bookings, homes or words
 * and no booking too many; that a model would word and count them correctly is taken for granted. Pure.
 */
export function judgeTexts(asked: Asked, posted: Posted, world: World): Judgement {
  return {
    verdict: judgeTruth(asked, posted, world),
    areDaysRight: undefined,
    refused: false,
    cited: asked.truth.kind === 'quotes' ? posted.sourceKeys : [],
  };
}

function judgeTruth({ truth }: Asked, posted: Posted, world: World): Verdict {
  const line = lineOf(posted.text, [], world);
  const exactly = (codes: readonly string[]): Verdict =>
    allOf(
      ...codes.map(code => unless(line.codes.includes(code), `${code} is missing`)),
      unless(
        line.codes.every(code => codes.includes(code)),
        'bookings too many',
      ),
    );
  switch (truth.kind) {
    case 'stays':
      return exactly(truth.rows.flatMap(({ codes }) => codes));
    case 'count':
      return unless(line.codes.length === truth.count, `${line.codes.length} bookings, expected ${truth.count}`);
    case 'says':
      return allOf(
        ...(truth.codes ?? []).map(code => unless(line.codes.includes(code), `${code} is missing`)),
        ...truth.words.map(words => unless(words.test(posted.text), `does not hold ${words.source}`)),
      );
    case 'lines':
      return allOf(
        ...truth.lines.map(words =>
          unless(
            words.every(word => posted.text.includes(word)),
            'a line is missing',
          ),
        ),
      );
    case 'quotes':
      return unless(
        posted.sourceKeys.some(key => truth.keys.includes(key)),
        'not among the five nearest',
      );
    case 'free':
    case 'yes_no':
      return wrong('no text says what is not booked');
    case 'ask_back':
    case 'nobody':
    case 'not_shown':
    case 'dont_know':
    case 'short_reply':
      return wrong('five texts are always found');
  }
}
