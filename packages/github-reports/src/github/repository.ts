/** `owner/repo`, taken apart. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** Pure. `undefined`: not of that form. */
export function parseRepository(text: string): Repository | undefined {
  const { owner, repo } = /^(?<owner>[\w.-]{1,100})\/(?<repo>[\w.-]{1,100})$/u.exec(text)?.groups ?? {};
  return owner === undefined || repo === undefined ? undefined : { owner, repo };
}
