import { http } from '@google-cloud/functions-framework';
import { EXCHANGE_BYTES_MAX } from '@innkeeper/shared/contracts/backup/exchange';
import { REPORT_BYTES_MAX } from '@innkeeper/shared/contracts/backup/report';
import type { BackupPorts } from '../backup-ports.ts';
import { answerExchange, answerLaunch, answerReport, answerSweep } from './answers.ts';
import { jsonPost } from './json-post.ts';

/** A reason of 300 characters. */
const ORDER_BYTES_MAX = 4 * 1024;

/** `launch` and `sweep` are private, which the platform sees to; `exchange` and `report` take calls from anywhere. */
export function registerFunctions(ports: BackupPorts): void {
  const { log } = ports;
  const functions = {
    launch: { bodyBytesMax: ORDER_BYTES_MAX, answer: answerLaunch },
    sweep: { bodyBytesMax: ORDER_BYTES_MAX, answer: answerSweep },
    exchange: { bodyBytesMax: EXCHANGE_BYTES_MAX, answer: answerExchange },
    report: { bodyBytesMax: REPORT_BYTES_MAX, answer: answerReport },
  };
  for (const [name, { bodyBytesMax, answer }] of Object.entries(functions)) {
    http(name, jsonPost({ name, bodyBytesMax, log, answer: post => answer(ports, post) }));
  }
}
