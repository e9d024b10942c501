import type { Screen } from '../screen/screen.ts';
import type { World } from '../world/world.ts';
import type { BackOfficeStage } from './back-office.ts';
import type { NightShiftStage } from './night-shift.ts';
import type { SearchIndexStage } from './search-index.ts';
import type { StoredQuestionsStage } from './stored-questions.ts';
import type { TeamChatStage } from './team-chat.ts';

/** Everything a scene of the story has at hand. */
export interface Stage {
  readonly world: World;
  readonly screen: Screen;
  readonly chat: TeamChatStage;
  readonly index: SearchIndexStage;
  readonly interactions: StoredQuestionsStage;
  readonly backOffice: BackOfficeStage;
  readonly night: NightShiftStage;
  readonly doors: {
    readonly guesty: { readonly url: string; readonly secret: string };
    readonly aircall: { readonly url: string; readonly token: string };
  };
  /** Origins of the stand-ins whose behaviour the story steers. */
  readonly standIns: { readonly guesty: string; readonly aircall: string; readonly groq: string };
  /** Counts what was checked; the first problem of the day decides the exit code. */
  readonly verdicts: { passed: number; failed: number };
}
