import { MongoNetworkError, MongoServerError, MongoServerSelectionError, type TopologyDescription } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';

const server = (code: number, labels: readonly string[] = []) =>
  new MongoServerError({ code, message: 'mongodb://user:secret@host says no', errorLabels: [...labels] });

describe('a failure of MongoDB', () => {
  it.each([
    [286, 'history_lost'],
    [136, 'capped_position_lost'],
    [260, 'token_invalid'],
    [280, 'token_invalid'],
    [40_647, 'token_invalid'],
    [9, 'token_invalid'],
    [10_334, 'invalidated'],
  ])('%i makes a healing necessary (%s)', (code, reason) => {
    expect(classifyFailure(server(code))).toMatchObject({ kind: 'heal', reason });
    // The server may mark it as resumable all the same: what it says about the history counts.
    expect(classifyFailure(server(code, ['ResumableChangeStreamError']))).toMatchObject({ kind: 'heal', reason });
  });

  it.each([11, 13, 18])('%i needs an operator', code => {
    expect(classifyFailure(server(code)).kind).toBe('denied');
  });

  it.each([6, 7, 43, 63, 89, 91, 133, 150, 189, 234, 237, 262, 9_001, 10_107, 11_600, 11_602, 13_388, 13_435, 13_436])(
    '%i passes by itself',
    code => {
      expect(classifyFailure(server(code)).kind).toBe('resume');
    },
  );

  it('passes by itself where the server says so, whatever its code', () => {
    expect(classifyFailure(server(123, ['ResumableChangeStreamError'])).kind).toBe('resume');
  });

  it('passes by itself where the network, the pool or the name service is at fault', () => {
    expect(classifyFailure(new MongoNetworkError('closed')).kind).toBe('resume');
    const noConnection = Object.assign(new Error('none is free'), { name: 'MongoWaitQueueTimeoutError' });
    expect(classifyFailure(noConnection).kind).toBe('resume');
    expect(classifyFailure(new DOMException('no answer in time', 'TimeoutError')).kind).toBe('resume');
    const unknownHost = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'querySrv' });
    expect(classifyFailure(unknownHost).kind).toBe('resume');
  });

  it('is what the server said, where the driver only says that it found none', () => {
    const selection = (error?: Error) => {
      // The driver does not export the class; this much of it is read.
      const seen = { servers: new Map([['a.example:27017', { error }]]) } as unknown as TopologyDescription;
      return new MongoServerSelectionError('timed out', seen);
    };
    expect(classifyFailure(selection()).kind).toBe('resume');
    expect(classifyFailure(selection(new MongoNetworkError('refused'))).kind).toBe('resume');
    expect(classifyFailure(selection(server(18))).kind).toBe('denied');
  });

  it('is unknown otherwise, and never names more than a code', () => {
    expect(classifyFailure(server(8))).toEqual({ kind: 'unknown', detail: 'MongoServerError 8' });
    expect(classifyFailure(new Error('mongodb://user:secret@host'))).toEqual({ kind: 'unknown', detail: 'Error' });
    expect(classifyFailure('secret')).toEqual({ kind: 'unknown', detail: 'thrown string' });
  });
});
