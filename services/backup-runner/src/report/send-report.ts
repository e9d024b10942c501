import { SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import { type BackupReport, ReportReply } from '@innkeeper/shared/contracts/backup/report';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Line, type PostError, postUntilAnswered } from '../exchange/post-until-answered.ts';
import type { RunKey } from '../exchange/run-key.ts';

/** Brings one report to the function: signed, and the very same bytes again until they are answered. */
export type SendReport = (
  report: BackupReport,
  limits: { readonly patienceMs: number; readonly signal: AbortSignal },
) => Promise<Result<ReportReply, PostError>>;

export function sendReportTo(line: Line, url: string, key: RunKey): SendReport {
  return async (report, limits) =>
    postUntilAnswered(line, {
      url,
      headers: { [SIGNATURE_HEADER]: await key.sign('report', new TextEncoder().encode(JSON.stringify(report))) },
      body: report,
      judge(answer) {
        const parsed = answer.status === 200 ? ReportReply.safeParse(answer.json) : undefined;
        return parsed?.success === true ? ok(parsed.data) : err(`status ${answer.status}`);
      },
      ...limits,
    });
}
