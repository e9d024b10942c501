import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DELIVERY_QUEUES } from './expected.ts';
import { COMPOSITE_INDEXES, DATABASES, EXPIRING_FIELDS } from './firestore.ts';
import { SUBSCRIPTIONS } from './pubsub.ts';

/** What is expected here and made by Terraform has to be the same. */
const MODULES = join(import.meta.dirname, '../../../../terraform/modules');
const read = (path: string): string => readFileSync(join(MODULES, path), 'utf8');
const matches = (text: string, pattern: RegExp): string[][] => [...text.matchAll(pattern)].map(found => found.slice(1));

describe('Firestore', () => {
  const indexes = read('gcp/firestore/indexes.tf');

  it('has these databases', () => {
    const [[business, ops] = []] = matches(
      read('gcp/firestore/databases.tf'),
      /business = "([^"]+)"\s+ops\s+= "([^"]+)"/gu,
    );
    expect({ business, ops }).toEqual(DATABASES);
  });

  it('has these composite indexes', () => {
    const made = matches(indexes, /collection = "(\w+)"\s+fields\s+= \[(.+)\]/gu).map(([collection, fields = '']) => ({
      collection,
      fields: matches(fields, /path = "(\w+)"/gu).flat(),
    }));
    expect(made).toEqual(COMPOSITE_INDEXES.map(({ collection, fields }) => ({ collection, fields })));
  });

  it('lets these documents expire', () => {
    const expiring = indexes.slice(indexes.indexOf('expiring = {'), indexes.indexOf('unindexed = {'));
    const made = matches(expiring, /database = "business", collection = "(\w+)", field = "(\w+)"/gu);
    expect(made).toEqual(EXPIRING_FIELDS.map(({ collection, field }) => [collection, field]));
    expect(expiring).not.toContain('"ops"');
  });
});

it('Pub/Sub has these subscriptions, and its alerts these ages', () => {
  const names = matches(read('gcp/pubsub/main.tf'), /(vectorize-[\w-]+)\s+= \{/gu).flat();
  const ages = matches(
    read('gcp/monitoring/platform-alerts.tf').split('oldest_minutes = {')[1]?.split('}')[0] ?? '',
    /([\w-]+) = (\d+)/gu,
  );
  expect(names).toEqual(SUBSCRIPTIONS.map(({ name }) => name));
  expect(ages.map(([name, minutes]) => ({ name, oldestMinutesMax: Number(minutes) }))).toEqual(SUBSCRIPTIONS);
});

it('Cloudflare has the queues that are asked', () => {
  const [names = []] = matches(read('cloudflare/variables.tf'), /default\s+= \["([\w-]+)", "([\w-]+)"\]/gu);
  expect(names).toEqual(DELIVERY_QUEUES.map(({ queue }) => queue));
});
