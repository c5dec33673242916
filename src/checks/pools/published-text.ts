import type { IPAddressPool } from '../../core/facts/kube-objects.ts';
import type { PoolStanding } from '../../core/facts/pools-report.ts';
import type { PoolUsage } from '../../core/metallb/answer.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';

const names = ['assignedIPv4', 'assignedIPv6', 'availableIPv4', 'availableIPv6'] as const;

/** MetalLB's own figures beside those it should publish, quirks and all; undefined where there are none. */
export function publishedText(
  { status }: IPAddressPool,
  { published }: PoolUsage,
  version: string | undefined,
): PoolStanding['published'] {
  if (status === undefined || !behaviourOf(version).publishesPoolUse) {
    return undefined;
  }
  const differing = names.filter(
    (name) => status[name] !== undefined && status[name] !== String(published[name]),
  );
  return differing.length === 0
    ? { agrees: true, says: "the pool's own status, which MetalLB writes, says the same" }
    : {
        agrees: false,
        says: differing
          .map(
            (name) =>
              `MetalLB publishes ${name} ${status[name]}, by the Services it is ${published[name]}`,
          )
          .join('; '),
      };
}
