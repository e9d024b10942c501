import type { ExpectedRow } from '../ask/asked.ts';
import type { Line, ReadAnswer } from './read-answer.ts';
import { allOf, RIGHT, unless, type Verdict, wrong } from './verdict.ts';

/** Nobody missing, nobody extra; each under the right home, day and time, and marked where not confirmed. Pure. */
export function judgeStays(rows: readonly ExpectedRow[], answer: ReadAnswer, firstNamesOnly: boolean): Verdict {
  const lines = answer.lines.filter(({ codes }) => codes.length > 0);
  if (rows.length === 0) {
    return lines.length > 0
      ? wrong(`names ${codesOf(lines)}, expected nobody`)
      : unless(answer.saysNobody, 'expected nobody to be said');
  }
  const left = new Set(lines);
  const verdicts = rows.map(row => {
    const line = [...left].find(
      ({ codes, homes }) =>
        codes.length === row.codes.length && row.codes.every(code => codes.includes(code)) && homes.includes(row.home),
    );
    if (line === undefined) return wrong(`${row.codes.join(', ')} at ${row.home} is missing`);
    left.delete(line);
    return judgeRow(row, line, answer, firstNamesOnly);
  });
  return allOf(...verdicts, left.size === 0 ? RIGHT : wrong(`${codesOf([...left])} is too much`));
}

const codesOf = (lines: readonly Line[]): string => lines.flatMap(({ codes }) => codes).join(', ');

function judgeRow(row: ExpectedRow, line: Line, answer: ReadAnswer, firstNamesOnly: boolean): Verdict {
  const about = row.codes.join(', ');
  const guest = firstNamesOnly ? (row.guest.split(' ')[0] ?? row.guest) : row.guest;
  const { at, day } = row;
  return allOf(
    unless(line.text.includes(guest), `${about}: not named as ${guest}`),
    at === undefined
      ? RIGHT
      : unless(
          line.clocks.some(({ clock, basis }) => clock === at.clock && basis === at.basis),
          `${about}: not at ${at.clock} ${at.basis}`,
        ),
    day === undefined ? RIGHT : unless(isOn(day, line, answer), `${about}: not on ${day}`),
    unless(/not confirmed/u.test(line.text) === row.isUnconfirmed, `${about}: wrong about being confirmed`),
    unless(/\bmove/u.test(line.text) === row.isMove, `${about}: wrong about being a move`),
  );
}

function isOn(day: string, line: Line, { headingDays }: ReadAnswer): boolean {
  if (line.days.length > 0) return line.days.includes(day);
  return headingDays !== undefined && headingDays.from <= day && day <= headingDays.to;
}
