import * as z from 'zod/mini';
import { baseUrl, secrets } from '../config/parse-config.ts';

/** What every webhook Worker has to know for its operators and its subscription. */
export const OperatorConfig = z.object({
  OPERATOR_TOKENS: secrets('bearer tokens of the operators who may call /operate, separated by commas'),
  PUBLIC_URL: baseUrl('address under which the vendor reaches this Worker'),
});
