import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';

/** Records with telephone numbers, as they stand in `records`. */
export type NumberedDocument = readonly [path: DocumentPath, fields: DocumentFields];

const AT = '2026-11-21T09:00:00.000Z';

function document(
  source: 'guesty' | 'aircall',
  kind: 'guest' | 'contact' | 'call' | 'text-message',
  id: string,
  facts: object,
  envelope: Partial<BusinessRecord> = {},
): NumberedDocument {
  const key = recordKey(source, kind, id);
  const record = BusinessRecord.parse({
    key,
    source,
    sourceId: id,
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: AT,
    deleted: false,
    provenance: { eventId: 'e1', event: 'test', via: 'webhook' },
    kind,
    facts,
    ...envelope,
  });
  return [`records/${key}`, JSON.parse(JSON.stringify(record)) as DocumentFields];
}

export const guestWith = (
  id: string,
  fullName: string,
  phones: readonly string[],
  envelope: Partial<BusinessRecord> = {},
): NumberedDocument => document('guesty', 'guest', id, { guestId: id, fullName, phones }, envelope);

export const contactWith = (id: string, firstName: string, phones: readonly string[]): NumberedDocument =>
  document('aircall', 'contact', id, { contactId: id, firstName, phones });

export const callFrom = (id: string, externalNumber: string, contactName?: string): NumberedDocument =>
  document('aircall', 'call', id, {
    callId: id,
    direction: 'inbound',
    stage: 'ended',
    startedAt: AT,
    externalNumber,
    contactName,
  });

export const textFrom = (id: string, externalNumber: string): NumberedDocument =>
  document('aircall', 'text-message', id, {
    messageId: id,
    direction: 'inbound',
    channel: 'sms',
    sentAt: AT,
    text: 'We are early.',
    externalNumber,
  });
