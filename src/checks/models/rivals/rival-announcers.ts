import type { Service, Workload } from '../../../core/facts/kube-objects.ts';
import type { Answering } from './products.ts';
import { rivalProducts } from './rival-products.ts';

/** A DaemonSet that may answer for an address that MetalLB gave, and what is known of the product. */
export interface RivalAnnouncer extends Answering {
  readonly name: string;
  readonly workload: Workload;
}

/** Who among these DaemonSets may answer for addresses of this Service. */
export function rivalAnnouncers(
  service: Service,
  daemonSets: readonly Workload[],
): readonly RivalAnnouncer[] {
  return daemonSets.flatMap((workload) =>
    rivalProducts.flatMap(({ product, workloads, answers }): readonly RivalAnnouncer[] =>
      answers === undefined ||
      !workloads.test(workload.metadata.name) ||
      answers.isOn?.(workload) === false ||
      answers.heeds?.(service) === false
        ? []
        : [{ name: product, workload, ...answers }],
    ),
  );
}
