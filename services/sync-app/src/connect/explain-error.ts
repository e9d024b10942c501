import type { OperateError } from '@innkeeper/shared/operate/operate-client';

/** What went wrong at a Worker, and what a person does next. Pure. */
export const explainOperateError = ({ detail, nextStep }: OperateError): string => `${detail}\n  ${nextStep}`;
