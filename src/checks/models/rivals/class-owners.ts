import { type Facts, remembered } from '../../../core/diagnosis/facts.ts';
import type { Evidence } from '../../../core/facts/evidence.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { refOf } from '../references.ts';
import { products } from './products.ts';
import { seenField } from '../seen.ts';
import { addressesIn, isNotedByMetalLB, keyOfService, wantsAddress } from '../services.ts';

/** Somebody other than MetalLB who serves a class here. */
export interface ClassOwner {
  /** `Cilium`; `somebody else` when only the work is seen. */
  readonly name: string;
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

type OwnerFacts = Facts<'services', 'daemonSets'>;

/** Who else is seen to serve this class: by its work on another Service, or by its name and its presence. */
export function ownerOfClass(
  serviceClass: string | undefined,
  facts: OwnerFacts,
): ClassOwner | undefined {
  return productPresent(serviceClass, facts) ?? somebodyAtWork(serviceClass, facts);
}

function productPresent(
  serviceClass: string | undefined,
  { apiGroups, daemonSets }: OwnerFacts,
): ClassOwner | undefined {
  const product = products.find(({ serves }) => serves?.classes.test(serviceClass ?? ''));
  if (product?.serves === undefined) {
    return undefined;
  }
  const { name, serves } = product;
  const { apiGroup, agents } = serves;
  const workload = itemsIfRead(daemonSets).find(({ metadata }) => agents?.test(metadata.name));
  if (workload !== undefined) {
    return {
      name,
      says: `${name} runs here (DaemonSet ${workload.metadata.namespace ?? 'default'}/${workload.metadata.name})`,
      evidence: [seenField(refOf(workload), 'metadata.name', workload.metadata.name)],
    };
  }
  return apiGroup !== undefined && (apiGroups ?? []).includes(apiGroup)
    ? { name, says: `${name} is installed here (API group ${apiGroup})`, evidence: [] }
    : undefined;
}

/** An address on another Service of the class that MetalLB did not give, by its own note on the Service. */
function somebodyAtWork(
  serviceClass: string | undefined,
  facts: OwnerFacts,
): ClassOwner | undefined {
  const [served] = servedByOthers(facts).get(serviceClass) ?? [];
  if (served === undefined) {
    return undefined;
  }
  const addresses = addressesIn(served).join(', ');
  return {
    name: 'somebody else',
    says: `${keyOfService(served)} of the same class has ${addresses}, and not from MetalLB`,
    evidence: [seenField(refOf(served), 'status.loadBalancer.ingress', addresses)],
  };
}

const servedByOthers = remembered(
  ({ services }: OwnerFacts): ReadonlyMap<string | undefined, readonly Service[]> =>
    Map.groupBy(
      services.filter(
        (service) =>
          wantsAddress(service) && addressesIn(service).length > 0 && !isNotedByMetalLB(service),
      ),
      ({ spec }) => spec.loadBalancerClass,
    ),
);
