import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Whereabouts } from '../models/layer2/whereabouts.ts';
import { keyOfService } from '../models/services.ts';

/** What would make all of it wrong. */
export const anotherInterface =
  'the node has a second interface in that subnet, which no object tells of';

/** Layer 2 without a subnet is a design of its own, and then works. */
export const routedOnto =
  'a router has a route for that range straight onto the segment of the nodes';

/** How to see the subnets of a node. */
export const fromTheSubnet: Remedy = {
  says: 'see the subnets of a node, on the node; then take the range of the pool from one of them',
  command: 'ip -brief address',
  mutates: false,
};

/** The same without going there. */
export function seeSubnets({ scene, announcer }: Whereabouts): Remedy {
  const key = shellWord(keyOfService(scene.service));
  return {
    says: `without going there: a Pod on ${announcer} tells the subnets of its interfaces`,
    command: `triage no-traffic ${key} --from-node ${shellWord(announcer)}`,
    mutates: false,
  };
}
