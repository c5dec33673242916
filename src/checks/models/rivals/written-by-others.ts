import type { Facts } from '../../../core/diagnosis/facts.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../../core/facts/reading.ts';
import { addressesIn } from '../services.ts';
import { rivalWorkloads, writtenMarks } from './rivals.ts';

/** True when the status is not MetalLB's: another product wrote it, or the addresses are those of nodes. */
export function isWrittenByOthers(
  service: Service,
  { nodes, daemonSets }: Facts<never, 'nodes' | 'daemonSets'>,
): boolean {
  const products = rivalWorkloads(itemsIfRead(daemonSets));
  const ofNodes = new Set(
    itemsIfRead(nodes).flatMap(({ status }) => status.addresses.map(({ address }) => address)),
  );
  return (
    writtenMarks(service, products).length > 0 ||
    addressesIn(service).some((address) => ofNodes.has(address))
  );
}
