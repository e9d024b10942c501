import { Cron } from 'croner';
import { textRule } from './make-rule.ts';
import type { Rule } from './rule.ts';

/** Unix cron: five fields; a nickname or a field of seconds is refused by every vendor here. Pure. */
export const cronRule = (type: string, place: string): Rule =>
  textRule(
    type,
    place,
    'is a schedule of five fields',
    text =>
      isCron(text)
        ? undefined
        : `"${text}" is no schedule. Write minute, hour, day, month and weekday, as in 30 2 * * *.`,
    { sound: '30 2 * * *', broken: '30 25 * * *' },
  );

function isCron(text: string): boolean {
  if (text.trim().split(/\s+/u).length !== 5) return false;
  try {
    return new Cron(text, { mode: '5-part', paused: true }).nextRun() !== null;
  } catch {
    return false; // croner says by an exception what is wrong; here only that matters
  }
}
