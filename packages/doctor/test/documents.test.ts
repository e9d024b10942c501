import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ok } from '@innkeeper/shared/result/result';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { firestoreDocuments } from '../src/adapters/firestore-documents.ts';
import { describeDocumentReaderContract } from '../src/testing/document-reader-contract.ts';
import { writeDocuments } from './support/healthy-documents.ts';

describeDocumentReaderContract('Firestore', async documents => {
  const project = `doctor-${randomUUID().slice(0, 8)}`;
  await writeDocuments(firestoreEmulatorHost(), project, { business: documents, ops: {} });
  return firestoreDocuments({
    baseUrl: `http://${firestoreEmulatorHost()}/v1`,
    project,
    database: '(default)',
    credential: { headers: async () => ok({ headers: { authorization: 'Bearer owner' } }) },
    fetch,
    sleep: ms => delay(ms),
  });
});
