import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { isSignedBy, SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import { type BeginReply, ExchangeRequest, type RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import { BackupReport } from '@innkeeper/shared/contracts/backup/report';

/**
 * The function as a server sees it: exchange, report and the machine's own power switch. It checks what the real one
 * checks (token, key, signatures, gapless numbers), keeps what was said, and misbehaves where a test tells it to.
 */
export interface ScriptedFunction extends AsyncDisposable {
  readonly url: string;
  readonly script: FunctionScript;
  /** Accepted ones, each once. */
  readonly reports: BackupReport[];
  /** Everything that went wrong from the function's point of view. */
  readonly complaints: string[];
  /** How often the server was turned off. */
  powerOffs: number;
  /** Requests to exchange and report, repetitions included. */
  calls: number;
}

export interface FunctionScript {
  readonly token: string;
  order(url: string): BeginReply;
  retention?(): RetentionReply;
  /** Says what becomes of a request's reply; otherwise it is given. */
  reply?(call: { readonly kind: string; readonly count: number }): 'lose' | 'refuse' | undefined;
  /** Answers a report with `stop`. */
  stop?(report: BackupReport): boolean;
  /** What its clock shows. */
  now?(): Date;
  /** Told of each accepted report. */
  heard?(report: BackupReport): void;
}

export async function startFunction(script: FunctionScript): Promise<ScriptedFunction> {
  const state = { publicKey: undefined as string | undefined, counts: new Map<string, number>() };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const scripted: ScriptedFunction = {
    url: `http://127.0.0.1:${address.port}`,
    script,
    reports: [],
    complaints: [],
    powerOffs: 0,
    calls: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return scripted;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (request.url === '/power') {
      scripted.powerOffs += 1;
      return void response.end();
    }
    scripted.calls += 1;
    const signature = String(request.headers[SIGNATURE_HEADER] ?? '');
    const { kind, status, value } = await (request.url === '/report'
      ? hear(body, signature)
      : exchange(body, signature));
    const count = (state.counts.get(kind) ?? 0) + 1;
    state.counts.set(kind, count);
    const fate = script.reply?.({ kind, count });
    if (fate === 'lose') return void request.socket.destroy();
    if (script.now !== undefined) response.setHeader('date', script.now().toUTCString());
    response.setHeader('content-type', 'application/json');
    response.writeHead(fate === 'refuse' ? 403 : status);
    response.end(JSON.stringify(fate === 'refuse' ? { error: 'wrong_state' } : value));
  }

  async function exchange(body: Buffer, signature: string) {
    const request = ExchangeRequest.parse(JSON.parse(body.toString()));
    if (request.kind === 'begin') {
      const isRepeated = state.publicKey === undefined || state.publicKey === request.publicKey;
      if (request.token !== script.token || !isRepeated) return refuse('begin', 'wrong_token');
      state.publicKey = request.publicKey;
      return { kind: 'begin', status: 200, value: script.order(scripted.url) };
    }
    const isOurs = await isSignedBy(state.publicKey ?? '', 'exchange', body, signature);
    const isRetaining = scripted.reports.filter(report => report.body.kind === 'step_finished').length === 2;
    if (!isOurs || !isRetaining) return refuse('retention', isOurs ? 'not_ready' : 'bad_signature');
    return { kind: 'retention', status: 200, value: script.retention?.() };
  }

  async function hear(body: Buffer, signature: string) {
    const report = BackupReport.parse(JSON.parse(body.toString()));
    const { kind } = report.body;
    if (!(await isSignedBy(state.publicKey ?? '', 'report', body, signature))) return refuse(kind, 'bad_signature');
    const last = scripted.reports.at(-1)?.sequence ?? 0;
    if (report.sequence > last + 1) return refuse(kind, 'sequence_gap');
    if (report.sequence === last + 1) {
      scripted.reports.push(report);
      script.heard?.(report);
    }
    const stop = script.stop?.(report) ?? false;
    return { kind, status: 200, value: { v: 1, sequence: report.sequence, stop } };
  }

  function refuse(kind: string, error: string) {
    scripted.complaints.push(error);
    return { kind, status: error === 'not_ready' ? 409 : 403, value: { error } };
  }
}
