import { OPERATE_PATH } from './operate-edge.ts';

/** Calls of operators to `operate`, everything else to `others`. */
export function routeOperate(
  operate: (request: Request) => Promise<Response>,
  others: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return request => (new URL(request.url).pathname.startsWith(OPERATE_PATH) ? operate(request) : others(request));
}
