import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { project, type Row, valueAt } from './guesty-query.ts';
import { guestyError } from './guesty-replies.ts';
import type { GuestyGuest, GuestyTask } from './guesty-shapes.ts';

/**
 * The lists that are reports: columns must be named, filters are an object, and some columns have names of their own
 * that single things do not use. Many cells of a task's row are what the vendor's own table shows. Pure.
 */
export interface Report {
  readonly rows: readonly Row[];
  readonly limitMin: number;
}

export const guestReport = (guests: readonly GuestyGuest[]): Report => ({
  limitMin: 1,
  rows: guests.map(guest => {
    const { email, emails, phone, phones, ...kept } = guest as Row;
    return {
      ...kept,
      id: guest._id,
      guestEmail: email,
      guestOtherEmails: emails,
      guestPhone: phone,
      guestOtherPhones: phones,
    };
  }),
});

export const taskReport = (tasks: readonly GuestyTask[]): Report => ({
  limitMin: 25,
  rows: tasks.map(({ title, status, listingId, reservationId, assignee, ...kept }) => {
    const { startTime = null, canStartAfter = null, mustFinishBefore = null, ...plain } = kept as Row;
    return {
      ...plain,
      id: kept._id,
      status: { children: status },
      taskTitle: { children: title },
      scheduledFor: { startTime, canStartAfter, mustFinishBefore },
      canStartAfter: canStartAfter === null ? null : { date: canStartAfter },
      mustFinishBefore: mustFinishBefore === null ? null : { date: mustFinishBefore },
      listing: listingId == null ? null : { listingId },
      reservation: reservationId == null ? null : { _id: reservationId },
      assignee: assignee == null ? null : { taskId: kept._id, assigneeFullName: assignee.fullName },
    };
  }),
});

const PAGE_MAX = 100;
const Filters = z.record(z.string(), z.unknown());

export function showReport({ rows, limitMin }: Report, query: URLSearchParams): StandInReply {
  const columns = query.get('columns');
  if (columns === null || columns.trim() === '') return invalid('"columns" is required');
  const limit = Number(query.get('limit') ?? 25);
  const skip = Number(query.get('skip') ?? 0);
  if (!Number.isInteger(limit) || limit < limitMin || limit > PAGE_MAX) {
    return invalid(`"limit" must be ${limitMin} to ${PAGE_MAX}`);
  }
  if (!Number.isInteger(skip) || skip < 0) return invalid('"skip" must be larger than or equal to 0');
  const filters = parseFilters(query.get('filters'));
  if (filters === undefined) return invalid('"filters" must be an object of conditions');
  const matching = rows.filter(row => filters.every(filter => filter(row)));
  const results = matching.slice(skip, skip + limit).map(row => project(row, columns));
  return { status: 200, body: { results, total: matching.length } };
}

const invalid = (message: string): StandInReply => guestyError(400, 'VALIDATION_ERROR', message);

type Filter = (row: Row) => boolean;

function parseFilters(text: string | null): readonly Filter[] | undefined {
  if (text === null) return [];
  try {
    const parsed = Filters.safeParse(JSON.parse(text)).data;
    return parsed && Object.entries(parsed).map(([field, condition]) => filterOf(field, condition));
  } catch {
    return undefined; // Answered as an invalid request.
  }
}

function filterOf(field: string, condition: unknown): Filter {
  const wanted = typeof condition === 'object' && condition !== null ? (condition as Row) : { '@eq': condition };
  return row => {
    const value = valueAt(row, field);
    return Object.entries(wanted).every(([operator, operand]) => {
      if (operator === '@in') return Array.isArray(operand) && operand.includes(value);
      if (operator === '@eq') return value === operand;
      if (typeof value !== 'string' || typeof operand !== 'string') return false;
      return operator === '@gte' ? value >= operand : value <= operand;
    });
  };
}
