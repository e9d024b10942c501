/** Paths and expectations only, never values: they may be a person's. */
export function whereWrong(error: { issues: readonly { path: PropertyKey[]; code: string }[] }): string {
  return error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.map(String).join('.')}: ${issue.code}`)
    .join('; ');
}
