import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandInServer } from '../stand-in-server.ts';
import type { GoogleOperationsWorld } from './google-operations-world.ts';
import { startGoogleOperations } from './start-google-operations.ts';

const NOW = Date.UTC(2026, 10, 22, 6);
const AGE = 'pubsub.googleapis.com/subscription/oldest_unacked_message_age';
const world: GoogleOperationsWorld = {
  project: 'p',
  region: 'europe-west3',
  callers: new Map([
    [
      'all',
      [
        'datastore.indexes.list',
        'run.services.list',
        'monitoring.timeSeries.list',
        'pubsub.subscriptions.list',
        'storage.objects.get',
      ],
    ],
    ['none', []],
  ]),
  databases: [{ id: '(default)', isDeleteProtected: true, hasPointInTimeRecovery: false }],
  indexes: [],
  expiringFields: [{ database: '(default)', collection: 'events', field: 'expireAt', state: 'ACTIVE' }],
  backups: [],
  services: ['a', 'b', 'c'].map(name => ({ name, isReady: true, latestCreated: '1', latestReady: '1', traffic: [] })),
  objects: new Map([['deployments/prod.json', { format: 1 }]]),
  subscriptions: [{ name: 's', state: 'ACTIVE', isDetached: true }],
  points: [1, 2, 30].map(minutes => ({
    metric: AGE,
    subscription: 's',
    atMs: NOW - minutes * 60_000,
    value: minutes,
  })),
};
let google: StandInServer;
beforeAll(async () => {
  google = await startGoogleOperations({ port: 0, world });
});
afterAll(() => google.close());

async function call(path: string, token = 'all', method = 'GET') {
  const reply = await fetch(`${google.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
  const text = await reply.text();
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: reply.status, json };
}

const INDEXES = '/v1/projects/p/databases/(default)/collectionGroups/-/indexes';
const SERVICES = '/v2/projects/p/locations/europe-west3/services';
const seriesPath = (query: Record<string, string>): string =>
  `/v3/projects/p/timeSeries?${new URLSearchParams(query).toString()}`;

describe('who may look', () => {
  it.each([
    ['without a token that is known', INDEXES, 'other', 'GET', 401],
    ['without the permission', INDEXES, 'none', 'GET', 403],
    ['at another project', INDEXES.replace('/p/', '/q/'), 'all', 'GET', 403],
    ['to change something', INDEXES, 'all', 'POST', 404],
    ['at a database that is not there', INDEXES.replace('(default)', 'ops'), 'all', 'GET', 404],
    ['at an object that is not there', '/storage/v1/b/p-tfstate/o/a.json?alt=media', 'all', 'GET', 404],
  ])('nobody %s', async (_name, path, token, method, status) => {
    expect((await call(path, token, method)).status).toBe(status);
  });
});

describe('what is shown', () => {
  it('leaves an empty list out, as Google does', async () => {
    expect((await call(INDEXES)).json).toEqual({});
  });

  it('is fields with an expiry by their own filter alone', async () => {
    const fields = INDEXES.replace('indexes', 'fields');
    expect((await call(fields)).status).toBe(400);
    expect((await call(`${fields}?filter=ttlConfig:*`)).json).toMatchObject({
      fields: [{ name: 'projects/p/databases/(default)/collectionGroups/events/fields/expireAt' }],
    });
  });

  it('comes page by page', async () => {
    expect((await call(`${SERVICES}?pageSize=2`)).json).toMatchObject({ services: [{}, {}], nextPageToken: '2' });
    expect((await call(`${SERVICES}?pageSize=2&pageToken=2`)).json).not.toHaveProperty('nextPageToken');
  });

  it('is the points of an interval, newest first, as text', async () => {
    const interval = {
      'interval.startTime': new Date(NOW - 600_000).toISOString(),
      'interval.endTime': new Date(NOW).toISOString(),
    };
    const filter = `metric.type="${AGE}"`;
    expect((await call(seriesPath({ ...interval, filter }))).json).toMatchObject({
      timeSeries: [
        {
          resource: { labels: { subscription_id: 's' } },
          points: [{ value: { int64Value: '1' } }, { value: { int64Value: '2' } }],
        },
      ],
    });
    expect((await call(seriesPath({ filter }))).status).toBe(400);
    expect((await call(seriesPath(interval))).status).toBe(400);
  });

  it('is a subscription that has lost its topic', async () => {
    expect((await call('/v1/projects/p/subscriptions')).json).toEqual({
      subscriptions: [{ name: 'projects/p/subscriptions/s', state: 'ACTIVE', detached: true }],
    });
  });

  it('is an object of the state’s bucket', async () => {
    const path = `/storage/v1/b/p-tfstate/o/${encodeURIComponent('deployments/prod.json')}?alt=media`;
    expect((await call(path)).json).toEqual({ format: 1 });
  });
});
