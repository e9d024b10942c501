import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Home, Homes } from './homes.ts';
import { isMeant } from './homes.ts';

/** Cleaning, maintenance and other work, with its time on the clock of its home. Pure. */
export interface TaskLine {
  readonly record: RecordOf<'task'>;
  readonly home: Home | undefined;
  /** When it has to be done; undefined where no time is recorded. */
  readonly due: { readonly date: LocalDate; readonly time: LocalTime } | undefined;
  readonly zone: TimeZone;
  readonly state: 'open' | 'done' | 'dropped';
}

type AskedTasks = Omit<Extract<Plan, { kind: 'tasks' }>, 'kind' | 'form'>;

export function tasksOf(records: readonly RecordOf<'task'>[], asked: AskedTasks, homes: Homes): TaskLine[] {
  return records
    .map(record => taskLine(record, homes))
    .filter(
      task =>
        isOf(task, asked.which) &&
        (task.home === undefined ? asked.homes.length === 0 : isMeant(task.home, asked.homes)) &&
        isInTime(task, asked, homes),
    )
    .sort(
      (left, right) =>
        (left.due?.date ?? LAST).localeCompare(right.due?.date ?? LAST) ||
        (left.due?.time ?? '').localeCompare(right.due?.time ?? '') ||
        left.record.key.localeCompare(right.record.key),
    );
}

/** Sorts behind every date: what has no time stands at the end. */
const LAST = '9999';

export function taskLine(record: RecordOf<'task'>, homes: Homes): TaskLine {
  const { listingId, mustFinishBefore, startsAt, canStartAfter, status } = record.facts;
  const home = listingId === undefined ? undefined : homes.home(listingId);
  const zone = home?.zone ?? homes.mainZone;
  const due = mustFinishBefore ?? startsAt ?? canStartAfter;
  return {
    record,
    home,
    due: due === undefined ? undefined : wallClock(zone, Date.parse(due)),
    zone,
    state: stateOf(status),
  };
}

/** The vendor's words are an open set: one that says neither done nor dropped is work to do, shown with its word. */
function stateOf(status: string): TaskLine['state'] {
  if (/^(?:completed?|done|finished|closed|resolved)$/iu.test(status.trim())) return 'done';
  return /^(?:cancell?ed|declined|dismissed|skipped)$/iu.test(status.trim()) ? 'dropped' : 'open';
}

/** Tasks have no recorded type: the words of the title tell. */
export function kindOf(title: string): 'cleaning' | 'maintenance' | 'other' {
  if (CLEANING.test(title)) return 'cleaning';
  return MAINTENANCE.test(title) ? 'maintenance' : 'other';
}

const CLEANING = new RegExp(
  [
    'clean|housekeep|turn ?over|laundry|linen|hoover|vacuum|tidy|mopp|reinig|putz|wäsche|sauber',
    'nettoy|ménage|linge|limp|lavander[ií]a|lavandaria|s[áa]banas|roupa de cama',
  ].join('|'),
  'iu',
);
const MAINTENANCE = new RegExp(
  [
    String.raw`maint|repair|\bfix|broken|replace|plumb|electric|boiler|heat(?:ing|er)|leak|\bac\b|air.?con`,
    'hvac|paint|inspect|install|wartung|reparatur|repari|kaputt|heizung|entretien|répar|plomb|chauff',
    'panne|manten|reparac|aver[ií]a|calefac|fontaner|manuten|conserto|canaliz|aquec',
  ].join('|'),
  'iu',
);

const isOf = ({ record }: TaskLine, which: AskedTasks['which']): boolean =>
  which === 'all' || kindOf(record.facts.title) === which;

function isInTime({ due, home, state }: TaskLine, asked: AskedTasks, homes: Homes): boolean {
  if (asked.state === 'open' && state !== 'open') return false;
  const today = home?.today ?? wallClock(homes.mainZone, homes.askedAtMs).date;
  const days = asked.when.byToday[today];
  if (days === undefined) return false;
  if (due === undefined) return asked.state === 'open';
  if (due.date > days.to) return false;
  return asked.state === 'open' || due.date >= days.from;
}
