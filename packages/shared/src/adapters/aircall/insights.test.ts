import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actionItemsFrom, sentimentFrom, summaryFrom, topicsFrom, transcriptFrom } from './insights.ts';

describe('what Aircall made of a call', () => {
  test('a transcript: who speaks is known by the side of the line', () => {
    const content = {
      language: 'en',
      utterances: [
        { start_time: 0.4, end_time: 3.2, text: ' Good morning. ', participant_type: 'internal', user_id: 1 },
        { start_time: 3.6, text: 'Hello, when can we check in?', participant_type: 'external' },
        { text: 'One moment.', participant_type: 'something new' },
        { start_time: 9, text: '  ' },
      ],
    };
    const utterances = [
      { by: 'team', atSeconds: 0.4, text: 'Good morning.' },
      { by: 'guest', atSeconds: 3.6, text: 'Hello, when can we check in?' },
      { by: 'unknown', text: 'One moment.' },
    ];
    expect(transcriptFrom({ transcription: { id: 1, call_id: 2, type: 'call', content } })).toEqual({
      language: 'en',
      utterances,
    });
    expect(transcriptFrom({ content: { ...content, language: null } })).toEqual({ utterances });
    expect(transcriptFrom(content)?.utterances).toHaveLength(3);
  });

  test.each([
    ['as text', { summary: { call_id: 2, content: 'Guest asks.' } }, 'Guest asks.'],
    ['in parts', { summary: { content: ['Guest asks.', 'Told 15:00.'] } }, 'Guest asks.\nTold 15:00.'],
    ['bare', { summary: 'Guest asks.' }, 'Guest asks.'],
  ])('a summary %s', (_what, answer, summary) => {
    expect(summaryFrom(answer)).toBe(summary);
  });

  test('topics and what to do, by name or as things', () => {
    expect(topicsFrom({ topic: { content: ['check-in', 'luggage'] } })).toEqual(['check-in', 'luggage']);
    expect(topicsFrom({ topics: [{ id: 1, name: 'check-in' }] })).toEqual(['check-in']);
    expect(topicsFrom({ topic: { content: [] } })).toEqual([]);
    expect(actionItemsFrom({ action_item: { content: ['Send the key'] } })).toEqual(['Send the key']);
    expect(actionItemsFrom({ action_items: [{ content: 'Send the key' }] })).toEqual(['Send the key']);
  });

  test('the mood is the guest’s', () => {
    const participants = [
      { participant_type: 'internal', value: 'NEUTRAL' },
      { participant_type: 'external', value: 'NEGATIVE' },
    ];
    expect(sentimentFrom({ sentiment: { call_id: 2, participants } })).toBe('NEGATIVE');
    expect(sentimentFrom({ sentiment: { participants: participants.slice(0, 1) } })).toBe('NEUTRAL');
    expect(sentimentFrom({ sentiments: [{ value: 'POSITIVE' }] })).toBe('POSITIVE');
    expect(sentimentFrom({ sentiment: 'POSITIVE' })).toBe('POSITIVE');
  });

  test('an answer in another form is none of these, whatever it is', () => {
    expect(transcriptFrom({ transcription: { content: 'text' } })).toBeUndefined();
    expect(summaryFrom({ summary: { content: { pages: 2 } } })).toBeUndefined();
    expect(topicsFrom({ topic: { content: [7] } })).toBeUndefined();
    expect(sentimentFrom({ sentiment: { participants: [] } })).toBeUndefined();
    fc.assert(
      fc.property(fc.jsonValue(), answer => {
        for (const read of [transcriptFrom, summaryFrom, topicsFrom, actionItemsFrom, sentimentFrom]) {
          expect(() => read(answer)).not.toThrow();
        }
      }),
    );
  });
});
