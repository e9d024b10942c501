import { unwell, type Verdict } from '../report/finding.ts';

/** Why a question got no answer that can be judged. Never holds what was sent or what came back. */
export type AskError = {
  readonly kind:
    | 'timeout'
    | 'unreachable'
    /** The credential is no longer one: 401. */
    | 'refused'
    /** The credential may not read this: 403. */
    | 'forbidden'
    | 'missing'
    /** Too many questions: 429. */
    | 'limited'
    /** The question is none: 400. */
    | 'malformed'
    /** 5xx. */
    | 'vendor_failed'
    /** No JSON, or of another form than the vendor documents. */
    | 'unreadable';
  /** One clause to follow a vendor's name: `did not answer within 9 s`. */
  readonly detail: string;
};

/** Who was asked, as far as a next step needs to know. */
export interface Asked {
  readonly name: string;
  /** What opens it, as a person knows it: `CLOUDFLARE_API_TOKEN`. */
  readonly credential: string;
  /** How that credential is come by, or made again. */
  readonly renewal: string;
  /** How it gets a later end, where that is not by making it again. */
  readonly extension?: string;
  /** Which right it needs for reading. */
  readonly right: string;
  /** Where the vendor tells of its own trouble, or how to see whether our own service runs. */
  readonly status: string;
}

/** Not to know is unwell: what cannot be read may be anything. Pure. */
export function judgeAskError(
  { kind, detail }: AskError,
  { name, credential, renewal, right, status }: Asked,
): Verdict {
  const figure = `${name} ${detail}`;
  switch (kind) {
    case 'refused':
      return unwell('today', figure, `${credential}: ${renewal}`);
    case 'forbidden':
      return unwell('today', figure, `Give ${credential} the right to read: ${right}.`);
    case 'missing':
      return unwell('today', figure, 'See whether it was ever made: ./dev deploy --env ENV --dry-run says so.');
    case 'limited':
      return unwell('this_week', figure, 'Ask again in a minute.');
    case 'malformed':
    case 'unreadable':
      return unwell('today', figure, `Ask again; if it stays, compare its answer with its documentation. ${status}`);
    case 'timeout':
    case 'unreachable':
    case 'vendor_failed':
      return unwell('today', figure, `${status} Then ask again.`);
  }
}
