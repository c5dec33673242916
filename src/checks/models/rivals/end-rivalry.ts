import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { switchOffText } from './rival-products.ts';
import { type RivalWorkloads, serviceLBsOf } from './rivals.ts';

/** How to end the rivalry, with the command that shows the rival; of one that was not found among the workloads, all of them. */
export function endRivalry(
  product: string,
  running: RivalWorkloads,
  services: readonly Service[],
): Remedy {
  const own = services.flatMap((service) => serviceLBsOf(service, running));
  const [rival] = product === 'k3s ServiceLB' ? own : [running.byProduct.get(product)];
  const isOff = product === 'k3s ServiceLB' && running.serviceLBs.size === 0;
  const says = isOff ? upgradeK3s : switchOffText(product);
  if (rival === undefined) {
    return { says, command: kubectl`get daemonsets,deployments -A -o wide`, mutates: false };
  }
  const { kind, metadata } = rival;
  const place = metadata.namespace ?? 'default';
  return {
    says,
    command: kubectl`-n ${place} get ${kind.toLowerCase()} ${metadata.name} -o wide`,
    mutates: false,
  };
}

/** Builds of k3s write the status although ServiceLB is off (k3s-io/k3s#542). */
const upgradeK3s =
  'no DaemonSet svclb-* was seen: where the k3s servers are started with --disable=servicelb already, upgrade k3s, ' +
  'of which some builds write the status all the same (k3s-io/k3s#542); where they are not, start them with it';
