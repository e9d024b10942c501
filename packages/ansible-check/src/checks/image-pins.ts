/** Whether an image is named exactly. Pure. */
const EXACT_TAG = /^[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?$/u;
const DIGEST = /@sha256:[0-9a-f]{64}$/u;

export const isPinnedByDigest = (image: string): boolean => DIGEST.test(image);

/** What is wrong with how an image is named; undefined when nothing is. */
export function imageProblem(image: string): string | undefined {
  if (/:latest\b/u.test(image)) return `${image}: latest is another image every week`;
  return EXACT_TAG.test(image) ? undefined : `${image}: no exact tag such as v1.2.3, or a digest that is none`;
}
