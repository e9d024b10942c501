import { createHash } from 'node:crypto';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintCoreConfig } from '@secretlint/types';
import { looksRandom, OWN_RULES } from './own-rules.ts';
import { unencryptedValues } from './unencrypted-values.ts';

/** Looks for plain secrets in one text. No I/O. */
export interface Finding {
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** Stands for rule and secret together: the same secret elsewhere has the same one. Tells nothing about it. */
  readonly fingerprint: string;
}

const CONFIG: SecretLintCoreConfig = {
  rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }],
};

/** Encrypted or public, and by chance of any form. */
const ARMOUR = /-----BEGIN (AGE ENCRYPTED FILE|CERTIFICATE|PUBLIC KEY)-----[\s\S]*?-----END \1-----/gu;

export async function scanText(path: string, text: string): Promise<readonly Finding[]> {
  const linted = await lintSource({
    // Comments that switch rules off count for nothing: what may stay is in `allowed.json`, with a reason.
    source: { content: text.replaceAll('secretlint-', 'secretlint_'), filePath: path, contentType: 'text' },
    options: { config: CONFIG, noPhysicFilePath: true, maskSecrets: true },
  });
  return [
    ...linted.messages.map(({ ruleId, loc, range }) =>
      finding(ruleId.replace('@secretlint/secretlint-rule-', ''), loc.start.line, text.slice(...range)),
    ),
    ...ownFindings(text.replaceAll(ARMOUR, block => block.replaceAll(/[^\n]/gu, ' '))),
    ...unencryptedValues(path, text).map(({ text: value, offset }) =>
      finding('unencrypted-sops-value', lineAt(text, offset), value),
    ),
  ];
}

function ownFindings(text: string): Finding[] {
  return OWN_RULES.flatMap(({ id, pattern, mustLookRandom }) =>
    [...text.matchAll(pattern)].flatMap(match => {
      const secret = match.at(-1) ?? match[0];
      if (mustLookRandom === true && !looksRandom(secret)) return [];
      return [finding(id, lineAt(text, match.index), secret)];
    }),
  );
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

function finding(rule: string, line: number, secret: string): Finding {
  const digest = createHash('sha256').update(`${rule}\0${secret}`).digest('hex');
  return { rule, line, fingerprint: digest.slice(0, FINGERPRINT_LENGTH) };
}

const FINGERPRINT_LENGTH = 20; // 80 bits: nobody finds another text with the same one
