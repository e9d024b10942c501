import { expect, test } from 'vitest';
import { mappingTable, readEventTable, replaceMapping } from './mapping-table.ts';

const module = {
  eventTable: {
    'thing.made': { becomes: 'thing | whole', reads: ['thing', 'home'], interpret: () => undefined },
    'thing.old': { becomes: 'thing' },
    'thing.odd': { unsupported: 'nobody asks for it' },
  },
  SUBSCRIBED_EVENTS: ['thing.made'],
  somethingElse: 7,
};

test('each event has a line: what it becomes, what is read, whether it is asked for', () => {
  expect(mappingTable(readEventTable('event-table.ts', module)).split('\n')).toEqual([
    '| event | becomes | read besides | subscribed |',
    '| --- | --- | --- | --- |',
    '| `thing.made` | thing \\| whole | `thing`, `home` | yes |',
    '| `thing.old` | thing |  |  |',
    '| `thing.odd` | *unsupported*: nobody asks for it |  |  |',
  ]);
});

test('a row that says nothing is refused by the name of its file', () => {
  expect(() => readEventTable('event-table.ts', { ...module, eventTable: { x: {} } })).toThrow('event-table.ts');
  expect(() => readEventTable('event-table.ts', { eventTable: {} })).toThrow('SUBSCRIBED_EVENTS');
});

test('the table replaces what stands between its marks and nothing else', () => {
  const marked = '# a\n<!-- events: written by scripts/mapping-table.ts -->\nold\n<!-- end of events -->\nb';
  const once = replaceMapping('README.md', marked, 'new');
  expect(once).toBe('# a\n<!-- events: written by scripts/mapping-table.ts -->\nnew\n<!-- end of events -->\nb');
  expect(replaceMapping('README.md', once, 'new')).toBe(once);
  expect(() => replaceMapping('README.md', '# a', 'new')).toThrow('no place');
});
