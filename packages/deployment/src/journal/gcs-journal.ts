import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { Deployment } from '../deploy/deployment.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { Journal, JournalEntry, JournalError } from './journal.ts';

export interface GcsJournalOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** `https://storage.googleapis.com` outside tests. */
  readonly baseUrl: string;
  readonly bucket: string;
  readonly object: string;
  readonly token: () => Promise<Result<Secret, Trouble>>;
}

const TIMEOUT_MS = 15_000;
/** Google counts generations in microseconds and prints them as text: larger than a safe number. */
const Written = z.object({ generation: z.string().regex(/^\d+$/u) });
const NOTHING_THERE: JournalEntry = { deployment: undefined, generation: '0' };

/** The journal as an object of Cloud Storage (JSON API), written under `ifGenerationMatch`. */
export function gcsJournal(options: GcsJournalOptions): Journal {
  const { baseUrl, bucket, object } = options;
  const name = encodeURIComponent(object);
  const objectUrl = `${baseUrl}/storage/v1/b/${bucket}/o/${name}?alt=media`;
  const send = async (url: string, init: RequestInit): Promise<Result<Response, JournalError>> => {
    const token = await options.token();
    if (!token.ok) return err({ kind: 'denied', detail: token.error.sentence });
    try {
      const response = await options.fetch(url, {
        ...init,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token.value.reveal()}` },
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return ok(response);
    } catch (error) {
      return err({ kind: 'unavailable', detail: error instanceof Error ? error.message : 'no answer' });
    }
  };

  return {
    async read() {
      const answer = await send(objectUrl, { method: 'GET' });
      if (!answer.ok) return answer;
      if (answer.value.status === 404) return isObjectMissing(answer.value);
      if (!answer.value.ok) return err(errorOf(answer.value.status));
      const generation = answer.value.headers.get('x-goog-generation');
      const parsed = Deployment.safeParse(await jsonOf(answer.value));
      if (generation === null || !parsed.success)
        return err({ kind: 'unreadable', detail: `gs://${bucket}/${object}` });
      return ok({ deployment: parsed.data, generation });
    },
    async write(deployment, ifGeneration) {
      const query = new URLSearchParams({ uploadType: 'media', name: object, ifGenerationMatch: ifGeneration });
      const url = `${baseUrl}/upload/storage/v1/b/${bucket}/o?${query.toString()}`;
      const answer = await send(url, { method: 'POST', body: JSON.stringify(deployment) });
      if (!answer.ok) return answer;
      if (answer.value.status === 412) return err({ kind: 'conflict' });
      if (!answer.value.ok) return err(errorOf(answer.value.status));
      const written = Written.safeParse(await jsonOf(answer.value));
      return written.success ? ok(written.data.generation) : err({ kind: 'unavailable', detail: 'an odd answer' });
    },
  };

  /** A bucket that is not there answers 404 as well, and is no empty journal. */
  async function isObjectMissing(response: Response): Promise<Result<JournalEntry, JournalError>> {
    const text = await response.text();
    return text.startsWith('No such object')
      ? ok(NOTHING_THERE)
      : err({ kind: 'denied', detail: `there is no bucket ${bucket}; terraform/bootstrap makes it` });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined; // Refused by the schema that comes next.
  }
}

function errorOf(status: number): JournalError {
  return status === 401 || status === 403
    ? { kind: 'denied', detail: `Cloud Storage answered ${status}` }
    : { kind: 'unavailable', detail: `Cloud Storage answered ${status}` };
}
