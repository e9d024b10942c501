import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

/** Alerts wait for events that are really logged, and no error is logged that nobody hears of. */
const ROOT = join(import.meta.dirname, '../..');
const TABLES = 'terraform/modules/gcp/monitoring/tables';
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sourcesOf = (patterns: readonly string[]): string =>
  globSync([...patterns], { cwd: ROOT, exclude: file => /\.test\.ts$|\/testing$/u.test(file) })
    .toSorted()
    .map(read)
    .join('\n');

const Alerts = z.record(
  z.string(),
  z.object({ deployable: z.string().optional(), event: z.string(), severity: z.string() }),
);
const alertsOf = (file: string) => Object.values(Alerts.parse(JSON.parse(read(`${TABLES}/${file}`))));

/** At a level that is written, or chosen between several; the edge's refusals are warnings, named by each Worker. */
const isLogged = (sources: string, event: string, method: 'error' | 'warn'): boolean =>
  new RegExp(`(?:\\.${method}|log\\[[^\\]]*(?:'${method}'[^\\]]*|level)\\])\\(\\s*'${event}'`, 'u').test(sources) ||
  (method === 'warn' && sources.includes(`rejectedEvent: '${event}'`));
const errorsIn = (sources: string): ReadonlySet<string> =>
  new Set(
    [...sources.matchAll(/(?:\.error|log\[[^\]]*(?:'error'[^\]]*|level)\])\(\s*'([a-z_]+(?:\.[a-z_]+)+)'/gu)].map(
      ([, event = '']) => event,
    ),
  );
const methodOf = (severity: string): 'error' | 'warn' => (severity === 'ERROR' ? 'error' : 'warn');

describe('alerts on functions', () => {
  it('wait for events that are really logged, at that severity', () => {
    for (const { deployable, event, severity } of alertsOf('function-alerts.json')) {
      const sources = sourcesOf([`functions/${deployable}/src/**/*.ts`]);
      expect(isLogged(sources, event, methodOf(severity)), `${event} as ${severity}`).toBe(true);
    }
  });

  it('are there for every error', () => {
    const tables = ['function-alerts.json', 'backup-metrics.json'].map(file => read(`${TABLES}/${file}`)).join('\n');
    const errors = errorsIn(sourcesOf(['functions/*/src/**/*.ts']));
    expect(errors.size).toBeGreaterThan(10);
    expect([...errors].filter(event => !tables.includes(`"${event}"`))).toEqual([]);
  });
});

it('an exception of a function counts as a crash by its stack, and an event that is put off does not', () => {
  const metrics = read('terraform/modules/gcp/monitoring/log-metrics.tf');
  const stack = new RegExp(/textPayload=~\\"([^"]+)\\"/u.exec(metrics)?.[1] ?? 'none', 'u');
  const putOff = /NOT textPayload:\\"([^"]+)\\"/u.exec(metrics)?.[1] ?? 'none';
  expect(new TypeError('x').stack).toMatch(stack);
  expect(sourcesOf(['functions/vectorize/src/handler.ts'])).toContain(`super(\`${putOff}\${reason}\`)`);
});

describe('alerts on Workers', () => {
  const sources = sourcesOf(['workers/*/src/**/*.ts', 'packages/shared/src/**/*.ts']);
  const alerts = alertsOf('worker-alerts.json');
  /** What the log forwarder says of Workers that could not say it themselves: entries, not lines of a log. */
  const forwarder = sourcesOf(['workers/log-forwarder/src/**/*.ts']);
  const described = [...forwarder.matchAll(/\bevent: '([a-z_]+\.[a-z_]+)'/gu)].map(([, event]) => event);
  /** Warnings: many lines of one invocation are no failure by themselves. */
  const NO_FAILURES = ['lines.truncated'];
  /** Its own failures cannot be forwarded; its /healthz tells them, and is asked from outside. */
  const OWN = ['entries.not_written'];

  it('wait for events that are really logged, at that severity', () => {
    for (const { event, severity } of alerts) {
      const isSaid = described.includes(event) || isLogged(sources, event, methodOf(severity));
      expect(isSaid, `${event} as ${severity}`).toBe(true);
    }
  });

  it('are there for every error, and for every failure that only the platform sees', () => {
    const errors = errorsIn(sources);
    expect(errors.size).toBeGreaterThan(20);
    const watched = alerts.filter(({ severity }) => severity === 'ERROR').map(({ event }) => event);
    const expected = [...errors, ...described].filter(event => ![...NO_FAILURES, ...OWN].includes(event ?? ''));
    expect(expected.filter(event => !watched.includes(event ?? ''))).toEqual([]);
  });

  it('read the log that the forwarder writes', () => {
    const log = /LOG_ID = '(\w+)'/u.exec(forwarder)?.[1];
    const resource = /resource: \{ type: '(\w+)'/u.exec(forwarder)?.[1];
    const policies = read('terraform/modules/gcp/monitoring/workers.tf');
    expect(policies).toContain(`/logs/${log}\\""`);
    expect(policies).toContain(`resource.type=\\"${resource}\\"`);
    expect(forwarder).toContain('labels: { worker }');
    expect(policies).toContain('EXTRACT(labels.worker)');
  });
});
