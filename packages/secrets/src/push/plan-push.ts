import { markerOf, pushedState, readMarker } from './version-marker.ts';

/** What has to change in one Worker so that it has the current version of each of its secrets. Pure. */
export interface WantedSecret {
  readonly id: string;
  readonly variable: string;
  /** Absent: nothing is kept yet. */
  readonly version?: number;
  readonly isOptional: boolean;
}

export interface PushStep {
  readonly id: string;
  readonly variable: string;
  readonly version: number;
  readonly why: 'behind' | 'absent';
}

export interface PushPlan {
  readonly steps: readonly PushStep[];
  /** Markers of versions that are no more. */
  readonly stale: readonly string[];
  /** Ids that the Worker needs and nobody has set. */
  readonly missing: readonly string[];
  /** Secrets of the Worker that the catalogue does not know. They are left alone. */
  readonly strange: readonly string[];
}

export function planPush(wanted: readonly WantedSecret[], names: readonly string[]): PushPlan {
  const steps = wanted.flatMap(({ id, variable, version }): PushStep[] => {
    if (version === undefined) return [];
    const state = pushedState(names, variable, version);
    return state === 'current' ? [] : [{ id, variable, version, why: state }];
  });
  const variables = new Set(wanted.map(({ variable }) => variable));
  const ofStep = new Map(steps.map(({ variable, version }) => [variable, markerOf(variable, version)]));
  return {
    steps,
    stale: names.filter(name => {
      const marker = readMarker(name);
      return marker !== undefined && ofStep.has(marker.variable) && ofStep.get(marker.variable) !== name;
    }),
    missing: wanted.flatMap(({ id, version, isOptional }) => (version === undefined && !isOptional ? [id] : [])),
    strange: names.filter(name => !variables.has(readMarker(name)?.variable ?? name)),
  };
}
