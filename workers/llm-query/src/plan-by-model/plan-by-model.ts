import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Log } from '@innkeeper/shared/log/log';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { redact } from '@innkeeper/shared/redaction/redact';
import { inert } from '../free-text/prompt.ts';
import type { PromptedUse } from '../prompted-use.ts';
import { momentOf } from '../understand/asked.ts';
import { homeIndexOf } from '../understand/homes/home-index.ts';
import { questionIn } from '../understand/question-text.ts';
import type { UnderstandInput } from '../understand/understand.ts';
import { ModelPlan as ModelPlanSchema } from './model-plan.ts';
import { planOfReply } from './plan-of-reply.ts';
import { planPromptV1 } from './prompts/plan-v1.ts';
import { isWorthAsking } from './worth-asking.ts';

/**
 * A question that the rules cannot read, read by a model once; whatever goes wrong, the rules' own plan stands. The
 * model sees the redacted question alone, as data: no homes, no guests, no dates. I/O: at most one model call.
 */
export interface PlanningPorts {
  readonly model: LanguageModel;
  readonly log: Log;
  /** Nothing where the deadline is too near for a call. */
  readonly planTimeoutMs: () => number | undefined;
}

export interface Planned {
  readonly plan: Plan;
  /** What the call took, also where its reply was of no use. */
  readonly use?: PromptedUse;
}

/** Reasoning counts too; a plan itself is about 250. */
const PLAN_TOKENS_MAX = 1_000;

export async function planByModel(input: UnderstandInput, understood: Plan, ports: PlanningPorts): Promise<Planned> {
  const asTyped = questionIn(input.text, input.words);
  const homeIndex = homeIndexOf(input.homes);
  if (!isWorthAsking(asTyped, understood, homeIndex)) return { plan: understood };
  const timeoutMs = ports.planTimeoutMs();
  if (timeoutMs === undefined) return { plan: understood };

  const question = inert(redact(asTyped));
  const asked = await ports.model.complete({
    system: planPromptV1.system,
    user: planPromptV1.user(question),
    schemaName: 'plan',
    schema: ModelPlanSchema,
    maxTokens: PLAN_TOKENS_MAX,
    timeoutMs,
  });
  if (!asked.ok) {
    ports.log.warn('plan.not_written', { kind: asked.error.kind, detail: asked.error.detail });
    return { plan: understood };
  }
  const { value, ...taken } = asked.value;
  const use = { ...taken, prompts: [planPromptV1.id] };
  const verdict = planOfReply(value, { question, moment: momentOf(input.askedAt, input.homes), homeIndex });
  if (verdict.kind === 'dropped') ports.log.warn('plan.dropped', { reason: verdict.reason });
  return { plan: verdict.kind === 'plan' ? verdict.plan : understood, use };
}
