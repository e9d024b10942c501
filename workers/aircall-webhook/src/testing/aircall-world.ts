import type { AircallAnswer, AircallClient, Insight } from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Aircall's API in memory: things by id, and a failure that every read meets while it is set. */
export interface AircallWorld {
  readonly client: AircallClient;
  readonly calls: Map<string, JsonObject>;
  readonly contacts: Map<string, JsonObject>;
  /** By `<call id>/<route>`. */
  readonly insights: Map<string, JsonObject>;
  /** Routes that were asked for, oldest first. */
  readonly asked: string[];
  failure: VendorError | undefined;
}

export function aircallWorld(): AircallWorld {
  const world: AircallWorld = {
    calls: new Map(),
    contacts: new Map(),
    insights: new Map(),
    asked: [],
    failure: undefined,
    client: {
      ping: () => answer('ping', () => ok(undefined)),
      readCall: id => answer(`calls/${id}`, () => found(world.calls.get(id))),
      readContact: id => answer(`contacts/${id}`, () => found(world.contacts.get(id))),
      readInsight: (id: string, insight: Insight) =>
        answer(`calls/${id}/${insight}`, () => found(world.insights.get(`${id}/${insight}`))),
      listCalls: () => answer('calls', () => ok(wholeList(world.calls))),
      listContacts: () => answer('contacts', () => ok(wholeList(world.contacts))),
    },
  };

  const answer = <T>(route: string, read: () => Result<T, VendorError>): Promise<AircallAnswer<T>> => {
    world.asked.push(route);
    const result = world.failure === undefined ? read() : err(world.failure);
    return Promise.resolve({ result, limits: {} });
  };
  return world;
}

const found = (thing: JsonObject | undefined): Result<JsonObject, VendorError> =>
  thing === undefined ? err({ kind: 'not_found' }) : ok(thing);

const wholeList = (things: ReadonlyMap<string, JsonObject>) => ({
  things: [...things.values()],
  reached: things.size,
  total: things.size,
});
