import type { z } from 'zod';
import type { World } from '../world.ts';
import type { Fault } from './fault.ts';
import type { faultInputSchema } from './fault-input.ts';

/** Sets a fault. A group to hide that is not named is the first one of Okta's own that has members. */
export function setFault(world: World, input: z.output<typeof faultInputSchema>): Fault {
  if (input.kind !== 'hide-group' || input.groupId !== null) return world.faults.add(input, world.now());
  const { organisation } = world;
  const group = organisation.groups.find(
    (candidate) => candidate?.type === 'OKTA_GROUP' && organisation.membersOf(candidate).length > 0,
  );
  return world.faults.add({ ...input, groupId: group?.id ?? null }, world.now());
}
