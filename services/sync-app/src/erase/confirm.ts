import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** A person types the guest's id once more; a script, which has no terminal, has said --yes and that is all. */
export async function confirmGuest(
  guestId: string,
  input: Readable & { readonly isTTY?: boolean },
  output: Writable,
): Promise<boolean> {
  if (input.isTTY !== true) return true;
  const lines = createInterface({ input, output });
  try {
    return (
      (await lines.question(`This cannot be undone. Type the guest's id to erase it (${guestId}): `)).trim() === guestId
    );
  } finally {
    lines.close();
  }
}
