import * as z from 'zod';

/** A Markdown table of what becomes of every event of a vendor, made from the table that drives the mapping. Pure. */
const Row = z.union([
  z.object({ becomes: z.string(), reads: z.array(z.string()).optional() }),
  z.object({ unsupported: z.string() }),
]);
const EventTableModule = z.object({
  eventTable: z.record(z.string(), Row),
  SUBSCRIBED_EVENTS: z.array(z.string()),
});
export type EventTableModule = z.infer<typeof EventTableModule>;

const START = '<!-- events: written by scripts/mapping-table.ts -->';
const END = '<!-- end of events -->';

/** What a Worker's `events/event-table.ts` exports. */
export function readEventTable(file: string, module: unknown): EventTableModule {
  const { eventTable, SUBSCRIBED_EVENTS } = module as Partial<EventTableModule>;
  const parsed = EventTableModule.safeParse({ eventTable, SUBSCRIBED_EVENTS });
  if (!parsed.success) throw new Error(`${file} exports no table of events:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export function mappingTable({ eventTable, SUBSCRIBED_EVENTS }: EventTableModule): string {
  const subscribed = new Set(SUBSCRIBED_EVENTS);
  const rows = Object.entries(eventTable).map(([event, row]) =>
    'unsupported' in row
      ? cells([`\`${event}\``, `*unsupported*: ${row.unsupported}`, '', ''])
      : cells([`\`${event}\``, row.becomes, namesOf(row.reads), subscribed.has(event) ? 'yes' : '']),
  );
  return [cells(['event', 'becomes', 'read besides', 'subscribed']), '| --- | --- | --- | --- |', ...rows].join('\n');
}

const namesOf = (subjects: readonly string[] = []): string => subjects.map(subject => `\`${subject}\``).join(', ');

const cells = (texts: readonly string[]): string => `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;

/** Puts the table between its two marks; throws when the text has none. */
export function replaceMapping(readme: string, markdown: string, table: string): string {
  const start = markdown.indexOf(START);
  const end = markdown.indexOf(END);
  if (start === -1 || end < start) throw new Error(`${readme} has no place for the table: "${START}" and "${END}"`);
  return `${markdown.slice(0, start)}${START}\n${table}\n${markdown.slice(end)}`;
}
