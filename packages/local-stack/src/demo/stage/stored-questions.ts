import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';

/** Looks into Firestore from outside, to see what is kept of a question. */
export interface StoredQuestionsStage {
  /** Whether `username` is among those who liked the answer, within `patienceMs`. */
  waitForFeedback(questionId: string, username: string, patienceMs: number): Promise<boolean>;
}

const POLL_MS = 25;

const Strings = z.object({
  arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })).default([]) }),
});
const Stored = z.object({
  fields: z.object({ feedback: z.object({ mapValue: z.object({ fields: z.object({ up: Strings }) }) }) }),
});

export function openStoredQuestions(firestore: {
  host: string;
  projectId: string;
  database: string;
}): StoredQuestionsStage {
  const { host, projectId, database } = firestore;
  const root = `http://${host}/v1/projects/${projectId}/databases/${database}/documents/interactions`;
  const likedBy = async (questionId: string): Promise<string[]> => {
    const reply = await fetch(`${root}/${questionId}`, { headers: { authorization: 'Bearer owner' } });
    const up = Stored.safeParse(await reply.json()).data?.fields.feedback.mapValue.fields.up;
    return (up?.arrayValue.values ?? []).map(({ stringValue }) => stringValue);
  };
  return {
    async waitForFeedback(questionId, username, patienceMs) {
      const since = performance.now();
      while (performance.now() - since < patienceMs) {
        if ((await likedBy(questionId)).includes(username)) return true;
        await pause(POLL_MS);
      }
      return false;
    },
  };
}
