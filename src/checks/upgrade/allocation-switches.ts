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
}

interface Known extends AllocationSwitch {
  readonly release: string;
  readonly fits: (one: Case) => boolean;
}

const prefersTwo = ({ service: { spec } }: Case): boolean =>
  spec.ipFamilyPolicy === 'PreferDualStack' || spec.ipFamilyPolicy === 'RequireDualStack';

const hasOneClusterIP = ({ service: { spec } }: Case): boolean => spec.clusterIPs.length === 1;

/** The switches of the allocator, the most telling first. */
const known: readonly Known[] = [
  {
    release: 'v0.14.9',
    reference: 'metallb#2495',
    title: 'annotations with the prefix metallb.io/ are read from here on',
    fits: ({ service }) =>
      Object.keys(service.metadata.annotations).some(
        (key) => key.startsWith(newPrefix) && !key.endsWith('ip-allocated-from-pool'),
      ),
  },
  {
    release: 'v0.14.9',
    reference: 'metallb#2587',
    title: 'PreferDualStack is content with one family from here on',
    fits: prefersTwo,
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2726',
    title: 'RequireDualStack with one cluster IP is refused from here on',
    fits: ({ answer }) =>
      answer.outcome === 'refused' && answer.reason.kind === 'too-few-cluster-ips',
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2726',
    title: 'addresses follow the families of the cluster IPs from here on',
    fits: (one) => prefersTwo(one) && hasOneClusterIP(one),
  },
  {
    release: 'v0.15.0',
    reference: 'metallb#2714',
    title: 'a pool with nothing but a priority is for everybody from here on',
    fits: () => true,
  },
];

/** The switch behind a difference that comes with this release. */
export function whyAllocationDiffers(one: Case): AllocationSwitch {
  const { reference, title } = known.find(
    ({ release, fits }) => release === one.release && fits(one),
  ) ?? { reference: undefined, title: `addresses are chosen differently from ${one.release} on` };
  return { reference, title };
}
