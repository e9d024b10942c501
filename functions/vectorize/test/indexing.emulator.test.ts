import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { interaction, listing, reservation } from './support/records.ts';
import { type Pipeline, startPipeline } from './support/start-pipeline.ts';

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline();
});
afterAll(() => pipeline.close());

const settled = (docKey: string) =>
  eventually(
    () => pipeline.pointsOf(docKey),
    points => points.length > 0,
  );

/** An event as Eventarc sends it, from outside the gateway. */
const sendEvent = (document: string, id: string, time: string): Promise<Response> =>
  fetch(pipeline.functions.urls.records, {
    method: 'POST',
    headers: {
      'content-type': 'application/protobuf',
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-time': time,
      'ce-source': '//firestore.googleapis.com/projects/p/databases/(default)',
      'ce-type': 'google.cloud.firestore.document.v1.written',
      'ce-document': document,
    },
    body: new Uint8Array(),
  });

test('a written booking becomes a point: its fields to filter by, its text without what must not be told', async () => {
  const note = 'Call me on +44 20 7946 0123 or mail ines@example.com, the door code is 4711. Allergic to feathers.';
  const booking = reservation('100', { guestName: 'Ines Prado', listingId: 'l100', note });
  await pipeline.write(listing('l100', 'Casa Azul'), booking);

  const [point] = await eventually(
    () => pipeline.pointsOf('guesty:reservation:100'),
    points => points[0]?.text.includes('Casa Azul') ?? false,
  );
  expect(point).toMatchObject({
    kind: 'reservation',
    source: 'guesty',
    dense: true,
    deleted: false,
    reservationId: '100',
    status: 'confirmed',
    listingIds: ['l100'],
    guestNames: ['Ines Prado'],
    stays: [{ listingId: 'l100', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
    timezone: 'Europe/Lisbon',
  });
  expect(point?.text).toContain('Allergic to feathers');
  expect(JSON.stringify(point)).not.toMatch(/7946|ines@example|4711/u);
});

test('a tombstone takes the points away, and so does a deleted document', async () => {
  const stay = { guestName: 'Tom Hale', listingId: 'l200' };
  const [path] = reservation('200', stay);
  await pipeline.write(reservation('200', stay), reservation('201', stay));
  await Promise.all([settled('guesty:reservation:200'), settled('guesty:reservation:201')]);

  await pipeline.write(reservation('200', { ...stay, deleted: true }));
  await pipeline.remove('records/guesty:reservation:201');
  for (const key of ['guesty:reservation:200', 'guesty:reservation:201']) {
    await eventually(
      () => pipeline.pointsOf(key),
      points => points.length === 0,
    );
  }
  expect(await pipeline.read(path)).toMatchObject({ deleted: true });
});

test('a long text that becomes short leaves no chunk of the long one behind', async () => {
  const stay = { guestName: 'Ana Reis', listingId: 'l300' };
  await pipeline.write(reservation('300', { ...stay, note: 'They would like more towels. '.repeat(200) }));
  await eventually(
    () => pipeline.pointsOf('guesty:reservation:300'),
    points => points.length > 1,
  );
  await pipeline.write(reservation('300', { ...stay, note: 'No towels.' }));
  const points = await eventually(
    () => pipeline.pointsOf('guesty:reservation:300'),
    left => left.length === 1,
  );
  expect(points[0]).toMatchObject({ chunk: 0, chunks: 1 });
});

test('an event repeated, late or out of order ends with the newest state', async () => {
  const stay = { guestName: 'Leo Brandt', listingId: 'l400' };
  for (const note of ['first wish', 'second wish', 'third wish']) {
    await pipeline.write(reservation('400', { ...stay, note }));
  }
  const [settledPoint] = await eventually(
    () => pipeline.pointsOf('guesty:reservation:400'),
    points => pipeline.undelivered() === 0 && (points[0]?.text.includes('third wish') ?? false),
  );
  const document = 'records/guesty:reservation:400';
  const now = Date.now();
  const events = [3, 1, 2, 1].map(age => ({ id: `event-${age}`, time: new Date(now - age * 3_600_000).toISOString() }));
  const replies = await Promise.all(events.map(({ id, time }) => sendEvent(document, id, time)));
  expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
  expect(await pipeline.pointsOf('guesty:reservation:400')).toEqual([settledPoint]);
});

test('an event about a document that is gone takes its points away', async () => {
  const reply = await sendEvent('records/guesty:reservation:gone', 'event-gone', new Date().toISOString());
  expect(reply.status).toBe(204);
  expect(await pipeline.read('indexState/guesty:reservation:gone')).toMatchObject({ deleted: true, chunks: 0 });
});

test('a record that does not fit its type is parked by the path of the field, never its value, until it fits', async () => {
  const [path, record] = reservation('500', { guestName: 'Mia Stern', listingId: 'l500' });
  const [first] = record.kind === 'reservation' ? record.facts.stay : [];
  const facts = { ...record.facts, stay: [{ ...first, checkInDate: 'Mia says Friday' }] };
  await pipeline.write([path, { ...record, facts }]);

  const parked = await eventually(
    () => pipeline.read('parked/vectorize:records:guesty:reservation:500'),
    found => found !== undefined && pipeline.undelivered() === 0,
  );
  expect(parked).toMatchObject({ by: 'vectorize', reason: 'invalid_document', subject: path });
  expect(parked?.['detail']).toContain('facts.stay.0.checkInDate');
  expect(JSON.stringify([parked, pipeline.functions.logged])).not.toContain('Mia');

  await pipeline.write([path, record]);
  await settled('guesty:reservation:500');
  await eventually(
    () => pipeline.read('parked/vectorize:records:guesty:reservation:500'),
    found => found === undefined,
  );
});

test('the bookings of a home that is renamed speak of its new name', async () => {
  const bookings = ['600', '601', '602'];
  await pipeline.write(
    listing('l600', 'Old Mill'),
    ...bookings.map(id => reservation(id, { guestName: 'Noor Haddad', listingId: 'l600' })),
  );
  const titlesHave = async (name: string): Promise<boolean> => {
    const points = await Promise.all(bookings.map(id => pipeline.pointsOf(`guesty:reservation:${id}`)));
    return points.every(([point]) => point?.title.includes(name) === true && point.text.includes(name));
  };
  await eventually(
    () => titlesHave('Old Mill'),
    all => all && pipeline.undelivered() === 0,
  );
  await pipeline.write(listing('l600', 'River House'));
  await eventually(
    () => titlesHave('River House'),
    all => all,
  );
});

test('a question with its answer is found under its room', async () => {
  await pipeline.write(interaction('m1', 'room1'), interaction('m2', 'room2'));
  await Promise.all([settled('interaction:m1'), settled('interaction:m2')]);
  const found = await pipeline.vectors.scrollAll({ must: [{ field: 'roomId', equals: 'room2' }] }, { maxPoints: 10 });
  expect(found.ok && found.value).toMatchObject([
    { docKey: 'interaction:m2', kind: 'interaction', authorId: 'asker1', roomId: 'room2', dense: true },
  ]);
});
