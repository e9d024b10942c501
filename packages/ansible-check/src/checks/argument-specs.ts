import { compareRole } from '../argument-specs/compare-role.ts';
import type { Check } from '../check.ts';
import { readRoles } from './read-roles.ts';

/** What each role declares is what it has. */
export const argumentSpecs: Check = {
  name: 'argument specs',
  run: async () => {
    const roles = await readRoles();
    const options = roles.flatMap(({ specs }) => Object.keys(specs.argument_specs['main']?.options ?? {}));
    return { seen: `${roles.length} roles, ${options.length} arguments`, problems: roles.flatMap(compareRole) };
  },
};
