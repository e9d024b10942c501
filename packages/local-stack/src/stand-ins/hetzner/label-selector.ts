/** Hetzner's label selectors: `k`, `!k`, `k=v`, `k==v`, `k!=v`, `k in (a,b)`, `k notin (a,b)`; a comma is "and". Pure. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

const KEY = String.raw`([A-Za-z0-9][\w./-]*)`;
const VALUE = String.raw`([\w.-]*)`;
const FORMS: readonly { readonly pattern: RegExp; readonly test: (key: string, value: string) => LabelTest }[] = [
  { pattern: new RegExp(`^${KEY}$`, 'u'), test: key => labels => Object.hasOwn(labels, key) },
  { pattern: new RegExp(`^!\\s*${KEY}$`, 'u'), test: key => labels => !Object.hasOwn(labels, key) },
  { pattern: new RegExp(`^${KEY}\\s*==?\\s*${VALUE}$`, 'u'), test: (key, value) => labels => labels[key] === value },
  { pattern: new RegExp(`^${KEY}\\s*!=\\s*${VALUE}$`, 'u'), test: (key, value) => labels => labels[key] !== value },
  {
    pattern: new RegExp(String.raw`^${KEY}\s+in\s*\(([\w.,\s-]*)\)$`, 'u'),
    test: (key, list) => labels => listOf(list).includes(labels[key] ?? '\0'),
  },
  {
    pattern: new RegExp(String.raw`^${KEY}\s+notin\s*\(([\w.,\s-]*)\)$`, 'u'),
    test: (key, list) => labels => !listOf(list).includes(labels[key] ?? '\0'),
  },
];

/** `undefined` for a text that is no selector. */
export function parseLabelSelector(selector: string): LabelTest | undefined {
  const tests: LabelTest[] = [];
  for (const part of selector.split(/,(?![^(]*\))/u).map(text => text.trim())) {
    const test = parseOne(part);
    if (test === undefined) return undefined;
    tests.push(test);
  }
  return labels => tests.every(test => test(labels));
}

function parseOne(part: string): LabelTest | undefined {
  for (const { pattern, test } of FORMS) {
    const match = pattern.exec(part);
    if (match !== null) return test(match[1] ?? '', match[2] ?? '');
  }
  return undefined;
}

const listOf = (list: string): string[] => list.split(',').map(value => value.trim());
