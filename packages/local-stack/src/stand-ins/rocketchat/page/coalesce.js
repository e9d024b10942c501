/**
 * One run at a time: calls during a run cause exactly one more after it, so that a burst of news is read once.
 *
 * @param {() => Promise<void>} run
 * @returns {() => void}
 */
export function coalesce(run) {
  let isRunning = false;
  let isWanted = false;
  const start = async () => {
    isRunning = true;
    do {
      isWanted = false;
      await run();
    } while (isWanted);
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void start();
  };
}
