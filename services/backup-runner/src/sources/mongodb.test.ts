import { expect, test } from 'vitest';
import { countedDocuments } from './mongodb.ts';

test('documents are counted by what mongodump says at the end of each collection', () => {
  const lines = [
    '2026-11-21T02:30:04.120+0000\twriting rocketchat.users to archive on stdout',
    '2026-11-21T02:30:04.512+0000\tdone dumping rocketchat.users (12 documents)',
    '2026-11-21T02:30:04.600+0000\tdone dumping `rocketchat.rocketchat_uploads.chunks` (1 document)',
    '2026-11-21T02:30:05.000+0000\t[####....]  rocketchat.rocketchat_message  1200/2400  (50.0%)',
    '2026-11-21T02:30:06.000+0000\t\tdumped 3 oplog entries',
  ];
  expect(countedDocuments(lines)).toEqual([
    { namespace: { database: 'rocketchat', collection: 'users' }, count: 12 },
    { namespace: { database: 'rocketchat', collection: 'rocketchat_uploads.chunks' }, count: 1 },
  ]);
});
