import { expect, test } from 'vitest';
import { completeRuns } from './complete-runs.ts';

const snapshot = (run: string, source: string) => ({
  id: `${run} ${source}`,
  tags: [`run=${run}`, `source=${source}`],
});
const SOURCES = ['mongodb', 'keycloak', 'files', 'configuration'];
const whole = (run: string) => SOURCES.map(source => snapshot(run, source));

test('a run is complete with a snapshot of every source', () => {
  const partial = whole('2026-11-21').slice(0, 3);
  expect(completeRuns([...whole('2026-11-20'), ...partial, ...whole('2026-11-21-retry-1')])).toEqual({
    runIds: ['2026-11-20', '2026-11-21-retry-1'],
    incomplete: new Set(partial.map(({ id }) => id)),
  });
});

test('what carries no run, or sources that add up only with another run’s, completes nothing', () => {
  const stray = { id: 'by hand', tags: [] };
  const untagged = SOURCES.map(source => ({ id: source, tags: [`source=${source}`] }));
  const mixed = [...whole('2026-11-20').slice(0, 1), ...whole('2026-11-21').slice(1)];
  expect(completeRuns([stray, ...untagged, ...mixed])).toMatchObject({ runIds: [] });
  expect(completeRuns([])).toEqual({ runIds: [], incomplete: new Set() });
});
