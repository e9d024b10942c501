import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { printable, table } from '../terminal/table.ts';
import type { Fate } from './await-settled.ts';
import type { Found } from './find-targets.ts';
import type { SendOutcome } from './send-targets.ts';
import type { Target } from './target.ts';

/** A replay for a person: what would be sent, and what became of it. Pure. */
const FIRST_SHOWN = 10;

export function describeFound({ targets, isCut }: Found): string {
  if (targets.length === 0) return 'Nothing is chosen by this.';
  const going = targets.filter(({ way }) => way.by !== 'none');
  const rows = countBy(going, ({ source, what, standing }) => [source, what, standing]);
  return [
    ...(going.length === 0 ? [] : [table(['source', 'what', 'standing', 'count'], rows), '']),
    ...firstLines(going),
    ...stuckLines(targets),
    `${formatCount(going.length, 'thing')} would be replayed${isCut ? ', and there are more: see --limit, --from and --to' : ''}.`,
  ].join('\n');
}

function firstLines(going: readonly Target[]): readonly string[] {
  const more = going.length - FIRST_SHOWN;
  return [
    ...going.slice(0, FIRST_SHOWN).map(({ id }) => `  ${printable(id)}`),
    ...(more > 0 ? [`  and ${formatCount(more, 'more', 'more')}`] : []),
    ...(going.length > 0 ? [''] : []),
  ];
}

function stuckLines(targets: readonly Target[]): readonly string[] {
  const rows = countBy(
    targets.flatMap(({ source, standing, way }) => (way.by === 'none' ? [{ source, standing, why: way.why }] : [])),
    ({ source, standing, why }) => [source, standing, why],
  );
  return rows.length === 0 ? [] : ['Cannot be replayed:', table(['source', 'standing', 'because', 'count'], rows), ''];
}

export interface Replayed {
  readonly replayId: string;
  readonly sent: ReadonlyMap<Target, SendOutcome>;
  readonly fates: ReadonlyMap<Target, Fate>;
}

export function describeReplayed({ replayId, sent, fates }: Replayed): string {
  const notSent = [...sent].flatMap(([target, outcome]) =>
    outcome.kind === 'not_sent' ? [[target.source, target.what, 'not replayed', outcome.why] as const] : [],
  );
  const others = [...fates].map(([target, fate]) => [target.source, target.what, ...wordsOf(fate)] as const);
  const rows = countBy([...others, ...notSent], row => row);
  const parked = [...fates].filter(([, fate]) => fate.kind === 'parked_again');
  return [
    table(['source', 'what', 'became', 'as', 'count'], rows),
    ...(parked.length === 0 ? [] : ['', 'Parked again, first of all:', ...idLines(parked.map(([target]) => target))]),
    ...(rows.some(([, , became]) => became === 'under way')
      ? ['', 'What is under way goes on by itself. Replaying it again is safe, and tells what became of it.']
      : []),
    '',
    `Replay ${replayId}.`,
  ].join('\n');
}

const idLines = (targets: readonly Target[]): readonly string[] =>
  targets.slice(0, FIRST_SHOWN).map(({ id }) => `  ${printable(id)}`);

function wordsOf(fate: Fate): readonly [became: string, as: string] {
  switch (fate.kind) {
    case 'settled':
      return ['settled', fate.outcome];
    case 'parked_again':
      return ['parked again', fate.reason];
    case 'under_way':
      return ['under way', ''];
  }
}

function countBy<T>(
  all: readonly T[],
  keyOf: (one: T) => readonly string[],
): readonly (readonly (string | number)[])[] {
  const counted = Map.groupBy(all, one => JSON.stringify(keyOf(one)));
  return [...counted].map(([key, ones]) => [...(JSON.parse(key) as string[]), ones.length]);
}

/** The same for a program. */
export const foundAsJson = ({ targets, isCut }: Found): string =>
  JSON.stringify(
    {
      isCut,
      things: targets.map(({ way, ...target }) => ({ ...target, ...wayAsJson(way) })),
    },
    undefined,
    2,
  );

const wayAsJson = (way: Target['way']): object =>
  way.by === 'none' ? { replayable: false, because: way.why } : { replayable: true, by: way.by };

export const replayedAsJson = ({ replayId, sent, fates }: Replayed): string =>
  JSON.stringify(
    {
      replayId,
      things: [...sent].map(([target, outcome]) => {
        const { id, source, what, standing } = target;
        return { id, source, what, standing, ...becameAsJson(outcome, fates.get(target)) };
      }),
    },
    undefined,
    2,
  );

function becameAsJson(outcome: SendOutcome, fate: Fate | undefined): object {
  if (outcome.kind === 'not_sent') return { became: 'not_replayed', because: outcome.why };
  const { kind, ...rest } = fate ?? { kind: 'under_way' as const };
  return { became: kind, ...rest };
}
