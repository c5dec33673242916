import { parseAddress } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import { AddressBook } from './address-book.ts';
import type { PoolUsage } from './answer.ts';
import { assignVerdict } from './assign.ts';
import type { AllocatorState } from './assign.ts';
import { takenByPool, usageOf } from './capacity.ts';
import { claimOf } from './claim.ts';
import type { Configuration } from './configuration.ts';
import { familyOfTexts } from './families.ts';
import { AddressFinder } from './first-usable.ts';
import { passedByClass } from './handled.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { ModelInput } from './model-input.ts';
import { indexPools } from './pool-index.ts';
import { behaviourOf } from './versions.ts';

/** The controller as it would stand after starting on these objects, before it hands out anything new. */
export interface MetalLBModel {
  readonly configuration: Configuration;
  readonly loadBalancerClass: string | undefined;
  readonly state: AllocatorState;
  /** By pool name. With a rejected configuration they count what the valid pools would hold. */
  readonly usages: readonly PoolUsage[];
}

/** Loads the configuration and books every address that a Service's status names and the rules allow it to keep. */
export function modelOf(input: ModelInput): MetalLBModel {
  const configuration = loadConfiguration(input);
  const book = new AddressBook();
  const state: AllocatorState = {
    behaviour: behaviourOf(input.version),
    index: indexPools(configuration.pools),
    book,
    finder: new AddressFinder(book),
    namesSharers: true,
    choose: () => 0,
  };
  for (const service of inClaimingOrder(input)) {
    adopt(state, service);
  }
  const taken = takenByPool(book);
  return {
    configuration,
    loadBalancerClass: input.loadBalancerClass,
    state,
    usages: configuration.pools.map((pool) => usageOf(pool, book, taken)),
  };
}

/** More addresses first, as MetalLB does; where it draws among equals, by name. */
function inClaimingOrder({ services, loadBalancerClass }: ModelInput): readonly Service[] {
  return services
    .filter(
      (service) =>
        service.spec.type === 'LoadBalancer' &&
        service.status.ingress.length > 0 &&
        passedByClass(service, loadBalancerClass) === undefined,
    )
    .map((service) => ({ service, key: keyOf(service.metadata) }))
    .sort(
      (left, right) =>
        right.service.status.ingress.length - left.service.status.ingress.length ||
        (left.key < right.key ? -1 : 1),
    )
    .map(({ service }) => service);
}

function adopt(state: AllocatorState, service: Service): void {
  const texts = service.status.ingress.map(({ ip }) => ip ?? '').filter((ip) => ip !== '');
  const addresses = texts.map(parseAddress).filter((address) => address !== undefined);
  if (addresses.length < texts.length || familyOfTexts(addresses).kind === 'unknown') {
    return;
  }
  const claim = claimOf(service, state.behaviour);
  const verdict = assignVerdict(state, claim, addresses);
  if (verdict.kind === 'fits') {
    state.book.book(claim.key, { pool: verdict.pool, addresses, claim });
  }
}
