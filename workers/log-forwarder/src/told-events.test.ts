import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkerConfig } from '@innkeeper/local-stack/workers-host/read-worker-config';
import { describe, expect, it } from 'vitest';

const OWN = join(import.meta.dirname, '..');
const ROOT = join(OWN, '../..');

/** What is logged through `Log`, by name and level; a level in brackets may be either. */
const LOGGED = /(?:\.(?<level>warn|error)|[lL]og\[[^\]]+\])\(\s*'(?<event>[a-z_]+\.[a-z_]+)'/gu;
/** The edge warns by the name that its Worker gives it. */
const REJECTED = /rejectedEvent: '(?<event>[a-z_]+\.[a-z_]+)'/gu;
/** What only the forwarder can tell. */
const TOLD = /event: '(?<event>[a-z_]+\.[a-z_]+)'/gu;
const ROW = /^\| `(?<event>[a-z_]+\.[a-z_]+)` \| (?<severities>[A-Z, ]+) \|/gmu;

const sources = globSync(['workers/*/src/**/*.ts', 'packages/shared/src/**/*.ts'], { cwd: ROOT })
  .filter(file => !/\.test\.ts$|\/testing\//u.test(file))
  .map(file => ({ isOwn: file.startsWith('workers/log-forwarder/'), text: readFileSync(join(ROOT, file), 'utf8') }));

function loggedEvents(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const add = (event: string | undefined, ...severities: string[]): void => {
    if (event !== undefined) found.set(event, new Set([...(found.get(event) ?? []), ...severities]));
  };
  for (const { isOwn, text } of sources) {
    if (isOwn) {
      for (const { groups } of text.matchAll(TOLD)) add(groups?.['event']);
      continue;
    }
    for (const { groups } of text.matchAll(LOGGED)) {
      const levels = groups?.['level'] === undefined ? ['warn', 'error'] : [groups['level']];
      add(groups?.['event'], ...levels.map(level => (level === 'warn' ? 'WARNING' : 'ERROR')));
    }
    for (const { groups } of text.matchAll(REJECTED)) add(groups?.['event'], 'WARNING');
  }
  return found;
}

const rows = new Map(
  [...readFileSync(join(OWN, 'README.md'), 'utf8').matchAll(ROW)].map(({ groups }) => [
    groups?.['event'] ?? '',
    groups?.['severities'] ?? '',
  ]),
);

describe('the table of what Workers log', () => {
  it('has every event at warning and error, and no other', () => {
    expect([...rows.keys()]).toEqual([...loggedEvents().keys()].toSorted());
  });

  it('says at which severity each is logged', () => {
    const told = [...loggedEvents()].filter(([, severities]) => severities.size > 0); // its own are in its tests
    const inOrder = (severities: ReadonlySet<string>) => [...severities].toSorted().toReversed().join(', ');
    const expected = Object.fromEntries(told.map(([event, severities]) => [event, inOrder(severities)]));
    expect(Object.fromEntries(rows)).toMatchObject(expected);
  });
});

describe('its own configuration', () => {
  it('names no tail consumer: each failure would bring the next', () => {
    expect(readWorkerConfig(OWN).tailConsumers).toEqual([]);
  });
});
