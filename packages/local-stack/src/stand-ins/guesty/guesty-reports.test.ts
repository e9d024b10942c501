import { expect, it } from 'vitest';
import { showReport, taskReport } from './guesty-reports.ts';

it('shows tasks as the cells of a table', () => {
  const mustFinishBefore = '2026-07-21T10:00:00.000Z';
  const task = { _id: 't1', title: 'Clean', status: 'pending', listingId: 'l1', mustFinishBefore };
  const columns = 'id taskTitle status listing mustFinishBefore';
  expect(showReport(taskReport([task]), new URLSearchParams({ columns })).body).toEqual({
    results: [
      {
        _id: 't1',
        id: 't1',
        taskTitle: { children: 'Clean' },
        status: { children: 'pending' },
        listing: { listingId: 'l1' },
        mustFinishBefore: { date: mustFinishBefore },
      },
    ],
    total: 1,
  });
});
