import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { DocumentTotals } from '../ports/document-totals.ts';
import type { GoogleApi } from './google-api.ts';

/** `runAggregationQuery` of Firestore's REST API: a POST that only reads. */
const Value = z.object({
  integerValue: z
    .string()
    .regex(/^\d{1,16}$/u)
    .optional(),
  doubleValue: z.number().optional(),
});
const AggregationReply = z.array(
  z.object({ result: z.object({ aggregateFields: z.object({ total: Value }) }).optional() }),
);

/** `url` ends in `/v1`. */
export function firestoreTotals(api: GoogleApi, url: string, project: string, database: string): DocumentTotals {
  return {
    async sum(collection, field) {
      const question = {
        structuredAggregationQuery: {
          structuredQuery: { from: [{ collectionId: collection }] },
          aggregations: [{ alias: 'total', sum: { field: { fieldPath: field } } }],
        },
      };
      const documents = `${url}/projects/${project}/databases/${database}/documents`;
      const reply = await api.query(`${documents}:runAggregationQuery`, question, AggregationReply);
      if (!reply.ok) return reply;
      const total = reply.value.find(({ result }) => result !== undefined)?.result?.aggregateFields.total;
      if (total === undefined) return err({ kind: 'unreadable', detail: 'answered without a total' });
      return ok(total.doubleValue ?? Number(total.integerValue ?? 0));
    },
  };
}
