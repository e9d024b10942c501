import { describe, expect, test } from 'vitest';
import guestCreated from './__fixtures__/guest.created.doc-sample.json' with { type: 'json' };
import listingUpdated from './__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import taskCreated from './__fixtures__/task.created.constructed.json' with { type: 'json' };
import { LISTING, RESERVATION } from './testing/booking.ts';
import { marksOf, parked, quiet } from './testing/quiet-world.ts';

describe('listings, guests and tasks', () => {
  const dated = (thing: object, lastUpdatedAt: string | number) => ({ ...thing, lastUpdatedAt });

  test('that say when they were true are state, and are not read', async () => {
    const at = quiet();
    await at.take({ ...listingUpdated, listing: dated(listingUpdated.listing, '2026-11-20T10:00:00Z') });
    await at.take({ ...guestCreated, guest: dated(guestCreated.guest, 1_795_168_800) });
    await at.take({ ...taskCreated, task: dated(taskCreated.task, '2026-11-20T10:00:00Z') });
    expect(at.record('listing', LISTING)).toMatchObject({ versions: { state: 1_795_168_800_000 } });
    expect(at.record('guest', guestCreated.guest._id)).toMatchObject({ versions: { state: 1_795_168_800_000 } });
    expect(at.record('task', taskCreated.task._id)).toMatchObject({ versions: { state: 1_795_168_800_000 } });
    expect(marksOf(at)).toEqual([]);
  });

  test('that do not are heard, and what has changed is to be read', async () => {
    const at = quiet();
    await at.take(listingUpdated);
    await at.take(guestCreated);
    expect(marksOf(at)).toEqual([['listing', LISTING]]);
    await at.take({ ...guestCreated, event: 'guest.updated' });
    await at.take({ ...taskCreated, event: 'task.updated' });
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Room 1', timezone: 'Europe/London' });
    expect(at.facts('guest', guestCreated.guest._id)).toMatchObject({ emails: ['gerald@example.com'] });
    expect(marksOf(at)).toEqual([
      ['listing', LISTING],
      ['guest', guestCreated.guest._id],
      ['task', taskCreated.task._id],
    ]);
  });

  test('a new listing’s calendar is read', async () => {
    const at = quiet();
    await at.take({ event: 'listing.new', listing: dated(listingUpdated.listing, '2026-11-20T10:00:00Z') });
    expect(marksOf(at)).toEqual([['calendar', LISTING]]);
  });

  test('a task has the one time that is set, and loses one that was taken away', async () => {
    const at = quiet();
    const { task } = taskCreated;
    await at.take({
      ...taskCreated,
      task: dated({ ...task, assignee: { fullName: 'Rita Reception' } }, '2026-11-20T10:00:00Z'),
    });
    expect(at.facts('task', task._id)).toEqual({
      taskId: task._id,
      title: 'Clean Room 1',
      status: 'pending',
      listingId: LISTING,
      reservationId: RESERVATION,
      assignee: 'Rita Reception',
      startsAt: '2026-11-24T10:30:00.000Z',
    });
    const moved = { ...task, startTime: null, mustFinishBefore: '2026-11-24T14:00:00Z' };
    await at.take({ event: 'task.updated', task: dated(moved, '2026-11-20T11:00:00Z') });
    expect(at.facts('task', task._id)).toMatchObject({ mustFinishBefore: '2026-11-24T14:00:00.000Z' });
    expect(at.facts('task', task._id)).not.toHaveProperty('startsAt');
  });

  test('a sparse event keeps what it does not speak of', async () => {
    const at = quiet();
    await at.take({ ...listingUpdated, listing: dated(listingUpdated.listing, '2026-11-20T10:00:00Z') });
    await at.take({
      event: 'listing.updated',
      listing: dated({ _id: LISTING, nickname: 'Attic' }, '2026-11-20T11:00:00Z'),
    });
    expect(at.facts('listing', LISTING)).toMatchObject({ nickname: 'Attic', timezone: 'Europe/London' });
  });

  test.each([
    ['listing.removed', { listing: { _id: 'x' } }, listingUpdated, 'listing'],
    ['guest.deleted', { guest: { _id: 'x' } }, guestCreated, 'guest'],
    ['task.deleted', { task: { _id: 'x' } }, taskCreated, 'task'],
  ])('%s is for good, whatever comes late', async (name, body, late, kind) => {
    const at = quiet();
    await at.take({ event: name, ...body });
    expect(at.record(kind, 'x')).toMatchObject({ deleted: true });
    await at.take({ ...late, [kind]: { _id: 'x', timezone: 'UTC', fullName: 'Late', title: 'Late', status: 'late' } });
    expect(at.record(kind, 'x')).toMatchObject({ deleted: true });
  });

  test.each([
    [{ event: 'listing.updated', listing: { _id: LISTING, timezone: 5 } }, 'listing.timezone'],
    [{ event: 'guest.updated', guest: { _id: 'g', fullName: {} } }, 'guest.fullName'],
    [{ event: 'task.updated', task: { _id: 't', startTime: [] } }, 'task.startTime'],
    [{ event: 'task.updated', task: 'odd' }, 'task'],
  ])('%j is parked with the path', async (payload, path) => {
    const at = quiet();
    await at.take(payload, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ reason: 'payload_unexpected', detail: `unexpected: ${path}` });
  });
});
