/** What a check asks, or why it cannot be asked. Pure. */
export type Availability<P> =
  | { readonly kind: 'there'; readonly port: P }
  | { readonly kind: 'absent'; readonly why: string; readonly nextStep?: string };

export const there = <P>(port: P): Availability<P> => ({ kind: 'there', port });

export const absent = (why: string, nextStep?: string): Availability<never> => ({
  kind: 'absent',
  why,
  ...(nextStep === undefined ? {} : { nextStep }),
});

/** Both, or why one of them is missing. */
export function both<A, B>(one: Availability<A>, other: Availability<B>): Availability<readonly [A, B]> {
  if (one.kind === 'absent') return one;
  return other.kind === 'absent' ? other : there([one.port, other.port]);
}

/** Nothing is asked of what was never deployed: `flag` is the one in terraform.tfvars.json that says so. */
export const onceDeployed = <P>(isDeployed: boolean, flag: string, port: Availability<P>): Availability<P> =>
  isDeployed ? port : absent(`not deployed yet: deployed.${flag} is false in terraform.tfvars.json`);
