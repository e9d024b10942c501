/** Where in a payload: `status`, `guest.name`, `stays[].listingId`, `stays[0].listingId`, `"a.b".c`. */
export type PayloadPath = readonly PathStep[];
type PathStep = { readonly key: string } | { readonly element: number | 'every' };

const STEP = /"((?:[^"\\]|\\.)*)"|\[(\d*)\]|([^.[\]"]+)/gu;

export const parsePath = (path: string): PayloadPath =>
  Array.from(path.matchAll(STEP), ([, quoted, element, plain]) => {
    if (element !== undefined) return { element: element === '' ? 'every' : Number(element) };
    return { key: quoted ?? plain ?? '' };
  });

/** Every value at the path, arrays as they are: without `[]` a path does not look into one. */
export function valuesAt(value: unknown, path: PayloadPath, from = 0): unknown[] {
  const step = path[from];
  if (step === undefined) return [value];
  if ('key' in step) {
    if (!isObject(value) || !Object.hasOwn(value, step.key)) return [];
    return valuesAt(value[step.key], path, from + 1);
  }
  if (!Array.isArray(value)) return [];
  const elements: unknown[] = step.element === 'every' ? value : value.slice(step.element, step.element + 1);
  return elements.flatMap(element => valuesAt(element, path, from + 1));
}

/** Every single value at the path: a final array stands for its elements, as conditions and indexes see it. */
export function leavesAt(payload: unknown, path: PayloadPath): unknown[] {
  return valuesAt(payload, path).flat();
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
