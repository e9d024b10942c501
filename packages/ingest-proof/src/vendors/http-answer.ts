/** What a vendor's API is asked, and what it says. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
}

export interface ApiAnswer {
  readonly status: number;
  readonly json?: unknown;
  /** Instead of JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const found = (json: unknown): ApiAnswer => ({ status: 200, json });
export const NOT_FOUND: ApiAnswer = { status: 404, json: { error: 'not found' } };
