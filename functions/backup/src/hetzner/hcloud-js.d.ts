/** hcloud-js brings no types. Declared is only what is used: a client that carries the token, and its axios instance. */
declare module 'hcloud-js' {
  interface AxiosRequest {
    readonly method: string;
    readonly url: string;
    readonly params?: URLSearchParams;
    readonly data?: unknown;
    readonly responseType: 'text';
    readonly transformResponse: (body: unknown) => unknown;
    readonly validateStatus: () => boolean;
    readonly maxRedirects: number;
    readonly maxContentLength: number;
    readonly signal: AbortSignal;
  }
  interface AxiosReply {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly data: unknown;
  }
  interface Axios {
    request(request: AxiosRequest): Promise<AxiosReply>;
    readonly interceptors: { readonly response: { clear(): void } };
  }
  class Client {
    constructor(options: { readonly token: string; readonly baseURL: string; readonly timeout: number });
    readonly axios: Axios;
    /** Its models: broken on today's API, used by the test that shows it. */
    readonly servers: {
      get(id: number): Promise<unknown>;
      list(): Promise<unknown>;
      build(name: string): {
        serverType(name: string): unknown;
        image(name: string): unknown;
        create(): Promise<unknown>;
      };
    };
  }
  const hcloud: { readonly Client: typeof Client };
  export default hcloud;
}
