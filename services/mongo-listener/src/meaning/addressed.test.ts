import { describe, expect, it } from 'vitest';
import { addressesAssistant } from './addressed.ts';

const ASSISTANT = { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: ['!ask', '', 'hey house'] };
const isAddressed = (text: string, roomId = 'GENERAL', mentionedIds: unknown[] = []) =>
  addressesAssistant({ roomId, text, mentionedIds }, ASSISTANT);

describe('speaks to the assistant', () => {
  it.each([
    '@concierge.bot who is here?',
    'who is here, @concierge.bot?',
    'Thanks, @Concierge.Bot.',
    '(@concierge.bot)',
    '*@concierge.bot*',
    '!ask who is here?',
    '  !ASK: who is here?',
    '!ask',
    'Hey house, who is here?',
    '[ ](https://chat.example.com/channel/general?msg=fAZw2ATh5Fkx4cjKA) \n!ask who is here?',
  ])('%s', text => {
    expect(isAddressed(text)).toBe(true);
  });

  it('wherever Rocket.Chat found a mention', () => {
    expect(isAddressed('concierge, who is here?', 'GENERAL', [4, 'bOtUsErId00000001'])).toBe(true);
  });

  it.each(['X7ZSLm7umWPBNaDxTbOtUsErId00000001', 'bOtUsErId00000001zZZSLm7umWPBNaDxT'])(
    'in the direct room %s',
    roomId => {
      expect(isAddressed('who is here?', roomId)).toBe(true);
    },
  );
});

describe('speaks to others', () => {
  it.each([
    'who is here?',
    '',
    'write to frida@concierge.bot',
    '@concierge.bot.two who is here?',
    '@concierge.bots who is here?',
    '@concierge.bot-two who is here?',
    '@@concierge.bot who is here?',
    '@conciergeXbot who is here?',
    '!asking who is here?',
    'what does !ask do?',
  ])('%s', text => {
    expect(isAddressed(text)).toBe(false);
  });

  it.each(['bOtUsErId00000001', 'X7ZSLm7umWPBNaDxTqY3rT8sKd2PwLm4vB'])('in the room %s', roomId => {
    expect(isAddressed('who is here?', roomId, [4, null, 'X7ZSLm7umWPBNaDxT'])).toBe(false);
  });
});
