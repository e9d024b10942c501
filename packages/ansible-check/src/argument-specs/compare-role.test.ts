import { describe, expect, test } from 'vitest';
import { type ArgumentSpecs, compareRole } from './compare-role.ts';

const specs = (options: object): ArgumentSpecs => ({
  argument_specs: { main: { short_description: 'A role', options: options as never } },
});

const port = { type: 'int', description: 'Port.', default: 80 };

describe('declared arguments and defaults', () => {
  test('that say the same are well', () => {
    expect(compareRole({ name: 'web', specs: specs({ web_port: port }), defaults: { web_port: 80 } })).toEqual([]);
    const required = { type: 'str', required: true, description: 'Host.' };
    expect(compareRole({ name: 'web', specs: specs({ web_host: required }), defaults: {} })).toEqual([]);
  });

  test.each([
    ['another default', { web_port: port }, { web_port: 81 }, '80 declared, 81 in defaults'],
    ['no default', { web_port: port }, {}, 'optional without a default'],
    ['a default of something required', { web_port: { ...port, required: true } }, {}, 'required and has a default'],
    ['nothing declared', {}, { web_port: 80 }, 'has a default and is not declared'],
    ['a default that is not declared', { web_port: { ...port, default: undefined } }, { web_port: 80 }, 'declared'],
    ['no description', { web_port: { type: 'int', default: 80 } }, { web_port: 80 }, 'says not what it is'],
    ['a password in logs', { web_password: { ...port, default: '' } }, { web_password: '' }, 'without no_log'],
    ["another role's name", { port }, { port: 80 }, 'does not begin with web_'],
  ])('%s is told', (_, options, defaults, sentence) => {
    expect(compareRole({ name: 'web', specs: specs(options), defaults }).join('\n')).toContain(sentence);
  });
});
