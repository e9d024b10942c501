import { byId } from './dom.js';

const SHOWN_MS = 6000;

const place = byId('problem', HTMLElement);
let timer = 0;

/**
 * Says what went wrong, for a while.
 *
 * @param {unknown} error
 */
export function tellProblem(error) {
  place.textContent = error instanceof Error ? error.message : String(error);
  place.hidden = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => {
    place.hidden = true;
  }, SHOWN_MS);
}

/**
 * Whether it went well; tells otherwise.
 *
 * @param {Promise<unknown>} work
 * @returns {Promise<boolean>}
 */
export async function attempt(work) {
  try {
    await work;
    return true;
  } catch (error) {
    tellProblem(error);
    return false;
  }
}
