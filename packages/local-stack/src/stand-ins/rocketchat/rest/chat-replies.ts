import type { StandInReply } from '../../stand-in-server.ts';

/** An error as Rocket.Chat's methods throw it: a sentence that ends in its code, or the text alone of a plain error. */
export class ChatFailure extends Error {
  readonly code: string | undefined;
  readonly status: number;
  constructor(code: string | undefined, sentence: string, status = 400) {
    super(code === undefined ? sentence : `${sentence} [${code}]`);
    this.name = 'ChatFailure';
    this.code = code;
    this.status = status;
  }
}

export const success = (body: Record<string, unknown> = {}): StandInReply => ({
  status: 200,
  body: { ...body, success: true },
});

/** A refusal without a code; some have no text either. */
export const failure = (error?: string): StandInReply => ({
  status: 400,
  body: { success: false, ...(error === undefined ? {} : { error }) },
});

/** Only plain failures name their code in a field of its own. */
export const failureOf = ({ status, message, code }: ChatFailure): StandInReply => ({
  status,
  body: { success: false, error: message, ...(status === 400 && code !== undefined ? { errorType: code } : {}) },
});

export const invalidParameters = (problem: string): StandInReply => ({
  status: 400,
  body: { success: false, error: `${problem} [invalid-params]`, errorType: 'invalid-params' },
});

export const notLoggedIn: StandInReply = {
  status: 401,
  body: { status: 'error', message: 'You must be logged in to do this.' },
};

export const noSuchEndpoint: StandInReply = {
  status: 404,
  body: { status: 'error', message: 'API endpoint does not exist' },
};
