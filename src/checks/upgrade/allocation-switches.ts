import type { Service } from '../../core/facts/kube-objects.ts';
import type { AllocationAnswer } from '../../core/metallb/answer.ts';
import { newPrefix } from '../../core/metallb/annotations.ts';

/** Why two releases answer differently for one Service. */
export interface AllocationSwitch {
  readonly reference: string | undefined;
  readonly title: string;
}

interface Case {
  readonly service: Service;
  readonly answer: AllocationAnswer;
  readonly release: string;
  /** Whether the way leads to an older release: then the switch is taken back. */
  readonly isDown: boolean;
}

interface Known {
  readonly release: string;
  readonly reference: string;
  /** What the release brought, and what holds before it. */
  readonly up: string;
  readonly down: string;
  readonly fits: (one: Case) => boolean;
}

const prefersTwo = ({ service: { spec } }: Case): boolean =>
  spec.ipFamilyPolicy === 'PreferDualStack' || spec.ipFamilyPolicy === 'RequireDualStack';

const hasOneClusterIP = ({ service: { spec } }: Case): boolean => spec.clusterIPs.length === 1;

const ownPrefix = 'metallb#2495';

/** The switches of the allocator, the most telling first. */
const known: readonly Known[] = [
  {
    release: 'v0.14.9',
    reference: ownPrefix,
    up: 'annotations with the prefix metallb.io/ are read from here on',
    down: 'annotations with the prefix metallb.io/ are not read before this release',
    fits: ({ service }) =>
      Object.keys(service.metadata.annotations).some(
        (key) => key.startsWith(newPrefix) && !key.endsWith('ip-allocated-from-pool'),
      ),
  },
  {
    release: 'v0.14.9',
    reference: 'metallb#2587',
    up: 'PreferDualStack is content with one family from here on',
    down: 'PreferDualStack is not content with one family before this release',
    fits: prefersTwo,
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2726',
    up: 'RequireDualStack with one cluster IP is refused from here on',
    down: 'RequireDualStack with one cluster IP is not refused before this release',
    fits: ({ answer }) =>
      answer.outcome === 'refused' && answer.reason.kind === 'too-few-cluster-ips',
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2726',
    up: 'addresses follow the families of the cluster IPs from here on',
    down: 'addresses do not follow the families of the cluster IPs before this release',
    fits: (one) => prefersTwo(one) && hasOneClusterIP(one),
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2714',
    up: 'a pool with nothing but a priority is for everybody from here on',
    down: 'a pool with nothing but a priority is for nobody before this release',
    fits: () => true,
  },
];

/** The switch behind a difference that this release makes. */
export function whyAllocationDiffers(one: Case): AllocationSwitch {
  const found = known.find(({ release, fits }) => release === one.release && fits(one));
  return found === undefined
    ? { reference: undefined, title: differently(one) }
    : { reference: found.reference, title: one.isDown ? found.down : found.up };
}

function differently({ release, isDown }: Case): string {
  return `addresses are chosen differently ${isDown ? `before ${release}` : `from ${release} on`}`;
}

/** Whether the Service is served only because what it asks for is not read any more. */
export function forgetsRequest({ reference }: AllocationSwitch, isDown: boolean): boolean {
  return isDown && reference === ownPrefix;
}
