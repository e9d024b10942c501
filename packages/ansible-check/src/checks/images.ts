import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { listFiles } from '../list-files.ts';
import { imageProblem, isPinnedByDigest } from './image-pins.ts';

const NAMING = /^(roles\/.*\/defaults|group_vars\/\w+)\/[\w-]+\.yml$/u;
const NAMED = /^\s*\w*image: (?<image>[^\s{}"]+)$/gmu;

/** Every image that a default or a group's variables name. */
export const images: Check = {
  name: 'images',
  run: async () => {
    const files = (await listFiles(ANSIBLE)).filter(file => NAMING.test(file));
    const texts = await Promise.all(files.map(file => readFile(join(ANSIBLE, file), 'utf8')));
    const named = [
      ...new Set(texts.flatMap(text => [...text.matchAll(NAMED)].map(({ groups }) => groups?.['image'] ?? ''))),
    ];
    const pinned = named.filter(isPinnedByDigest).length;
    const open = named.length - pinned;
    return {
      seen:
        `${named.length} with an exact tag, ${pinned} of them by digest` +
        (open === 0 ? '' : `; of ${open} a deployment takes what the registry has under the tag (ansible/README.md)`),
      problems: named.flatMap(image => imageProblem(image) ?? []),
    };
  },
};
