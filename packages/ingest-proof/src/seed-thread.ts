import { parentPort } from 'node:worker_threads';
import { describeFlaws } from './describe-verdict.ts';
import type { Played, SeedToPlay, ThreadMessage } from './play-seeds.ts';
import { simulate } from './simulate.ts';

/** A thread that plays one seed after another. */
const port = parentPort ?? neverAlone();
const say = (message: ThreadMessage): void => port.postMessage(message);

port.on('message', (wanted: SeedToPlay) => void play(wanted).then(played => say({ kind: 'played', played })));

async function play({ seed, events }: SeedToPlay): Promise<Played> {
  let told = 0;
  const simulated = await simulate({
    seed,
    events,
    onProgress: reached => {
      if (reached - told < TOLD_EVERY) return;
      say({ kind: 'progress', events: reached - told });
      told = reached;
    },
  });
  say({ kind: 'progress', events: events - told });
  const { figures, flaws, trouble } = simulated;
  return {
    seed,
    figures,
    hits: [...trouble.hits],
    digest: simulated.chronicle.digest(),
    report: flaws.length === 0 ? [] : await describeFlaws(simulated, { seed, events }),
  };
}

const TOLD_EVERY = 100;

function neverAlone(): never {
  throw new Error('this is the program of a thread');
}
