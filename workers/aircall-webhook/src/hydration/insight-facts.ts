import {
  actionItemsFrom,
  sentimentFrom,
  summaryFrom,
  topicsFrom,
  transcriptFrom,
} from '@innkeeper/shared/adapters/aircall/insights';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import type { InsightSubject } from './subjects.ts';

/**
 * What one route of conversation intelligence says about a call. Its facts are its own and so is their clock, the time of
 * the read: a transcript that comes late disturbs nothing else of the call. `undefined` where the answer has an unknown
 * form. Pure.
 */
export function insightPart(subject: InsightSubject, answer: JsonObject, beganAtMs: number): ChangePart | undefined {
  const facts = factsOf(subject, answer);
  return facts === undefined ? undefined : { rank: rank.state, version: beganAtMs, facts };
}

function factsOf(subject: InsightSubject, answer: JsonObject): PartialFacts<'call'> | undefined {
  switch (subject) {
    case 'call-transcript': {
      const transcript = transcriptFrom(answer);
      if (transcript === undefined) return undefined;
      return { transcript: [...transcript.utterances], transcriptLanguage: transcript.language };
    }
    case 'call-summary': {
      const summary = summaryFrom(answer);
      return summary === undefined ? undefined : { summary };
    }
    case 'call-topics': {
      const topics = topicsFrom(answer);
      return topics === undefined ? undefined : { topics };
    }
    case 'call-action-items': {
      const actionItems = actionItemsFrom(answer);
      return actionItems === undefined ? undefined : { actionItems };
    }
    case 'call-sentiment': {
      const sentiment = sentimentFrom(answer);
      return sentiment === undefined ? undefined : { sentiment };
    }
  }
}
