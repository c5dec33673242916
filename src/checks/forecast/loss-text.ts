import type { Forecast } from '../../core/facts/what-if.ts';
import type { LossReason } from '../../core/metallb/loss.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';

/** What the Service gives up first; undefined when it gives up nothing. */
export function lossText({ answer, endings }: WhatIf): Forecast['loses'] {
  const loses =
    answer.outcome === 'would-get' || answer.outcome === 'refused' ? answer.loses : undefined;
  const isBack = endings.every(
    ({ addresses }) => addresses.join() === loses?.addresses.join() && addresses.length > 0,
  );
  if (loses === undefined || isBack) {
    return undefined;
  }
  const { addresses, because } = loses;
  return {
    addresses,
    says: `${addresses.join(' and ')}, before anything else is looked for: an outage (${reasonText(because)})`,
  };
}

function reasonText(because: LossReason): string {
  switch (because.kind) {
    case 'status-unreadable':
      return 'its status is none that MetalLB writes';
    case 'family-changed':
      return `it has ${because.from} and its cluster IPs are ${because.to}`;
    case 'not-allowed':
      return `MetalLB says then: ${because.message}`;
    case 'other-pool-requested':
      return `it asks for pool ${because.pool} then`;
    case 'other-address-requested':
      return `it asks for ${because.requested.join(' and ')} then`;
    case 'refusal':
      return 'the refusal itself clears it';
  }
}
