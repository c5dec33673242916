import { configure, makeNamespace } from '../network.ts';
import type { KubeletConfiguration } from './configuration.ts';
import type { PodPlace } from './pod.ts';

export interface PodNetwork {
  readonly place: PodPlace;
  readonly remove: () => Promise<void>;
}

let nextHost = 2;

/** A pod on the host's network is where the node is. */
export function hostNetwork(configuration: KubeletConfiguration): PodNetwork {
  const { address, namespace } = configuration;
  return {
    place: { podAddress: address, hostAddress: address, namespace },
    remove: () => Promise.resolve(),
  };
}

/** Gives a pod a namespace with an address of the node's range, plugged into the node's pod bridge. */
export async function ownNetwork(configuration: KubeletConfiguration): Promise<PodNetwork> {
  const { podPrefix, address, namespace: node } = configuration;
  const host = nextHost;
  nextHost += 1;
  const namespace = `${node}-pod${host}`;
  const podAddress = `${podPrefix}.${host}`;
  await makeNamespace(namespace);
  // The kubelet runs in the node's namespace, which is where the outer end of the pair belongs.
  await configure(undefined, [
    `link add veth${host} type veth peer name eth0 netns ${namespace}`,
    `link set veth${host} master cni0 up`,
  ]);
  await configure(namespace, [
    `address add ${podAddress}/24 dev eth0`,
    'link set eth0 up',
    `route add default via ${podPrefix}.1`,
  ]);
  return {
    place: { podAddress, hostAddress: address, namespace },
    remove: () => configure(undefined, [`netns delete ${namespace}`]),
  };
}
