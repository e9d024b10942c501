/**
 * Finds, in the text of a prompt, the numbered sources it quotes and the question it asks. Knows common ways of writing
 * both and nothing else about who wrote the prompt. Pure.
 */
export interface ReadPrompt {
  readonly sources: readonly PromptSource[];
  readonly question: string;
}

export interface PromptSource {
  /** As numbered in the prompt. */
  readonly id: string;
  /** What stands in the opening tag besides the number. */
  readonly about: string;
  readonly text: string;
}

export function readPrompt(user: string): ReadPrompt {
  const tagged = taggedSources(user);
  const sources = tagged.length > 0 ? tagged : numberedSources(user);
  return { sources, question: questionIn(user) };
}

/** `<source id="1" about="…">text</source>`, whatever the tag is called. */
function taggedSources(text: string): PromptSource[] {
  return [...text.matchAll(/<(\w+)([^<>]*\b(?:id|number|n)="(\w+)"[^<>]*)>([\s\S]*?)<\/\1>/gu)].map(match => {
    const [, , attributes = '', id = '', body = ''] = match;
    const others = [...attributes.matchAll(/(\w+)="([^"]*)"/gu)].filter(
      ([, name]) => !/^(?:id|number|n)$/u.test(name ?? ''),
    );
    return { id, about: others.map(([, , value]) => value ?? '').join(' '), text: body.trim() };
  });
}

/** Lines that begin with `[1]`, `1.`, `1)` or `Source 1:`; a source reaches to the next one or to an empty line. */
function numberedSources(text: string): PromptSource[] {
  const opening = /^(?:\[(\d+)\]|(\d+)[.)]|source (\d+):)\s*/iu;
  const sources: { id: string; about: string; text: string }[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    const found = opening.exec(line);
    const current = sources.at(-1);
    if (found !== null) {
      sources.push({ id: found[1] ?? found[2] ?? found[3] ?? '', about: '', text: line.slice(found[0].length).trim() });
      isOpen = true;
    } else if (line.trim() === '') isOpen = false;
    else if (isOpen && current !== undefined) current.text = `${current.text}\n${line}`;
  }
  return sources;
}

/** What follows the last `Question:`; without one, the last paragraph. */
function questionIn(text: string): string {
  const marked = [...text.matchAll(/^question:\s*([\s\S]*?)(?=\n\s*\n|$(?![\s\S]))/gimu)].at(-1)?.[1];
  return (
    marked ??
    text
      .trim()
      .split(/\n\s*\n/u)
      .at(-1) ??
    ''
  ).trim();
}
