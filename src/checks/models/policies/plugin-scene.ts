import type { IpAddress } from '../../../core/facts/ip.ts';
import type { Pod, Service, ServicePort } from '../../../core/facts/kube-objects.ts';
import { isLocal } from '../../../core/metallb/election/serving.ts';
import { type PolicyScene, sourcesOf } from '../traffic/barred-ports.ts';
import { numberIn } from '../traffic/target-ports.ts';
import type { Sender } from './matching.ts';
import {
  type PluginPolicies,
  type PluginPolicyFacts,
  pluginPoliciesOn,
} from './plugin-policies.ts';

/** A pod behind the Service, with what one plugin's policies make of it. */
export interface PolicedPod {
  readonly pod: Pod;
  readonly by: PluginPolicies;
}

/** The pods behind the Service on which policies of a plugin lie. */
export function policedPods(scene: PolicyScene, facts: PluginPolicyFacts): readonly PolicedPod[] {
  return scene.pods.flatMap((pod) =>
    pluginPoliciesOn(pod, scene.policies, facts).map((by) => ({ pod, by })),
  );
}

/** What policies of a plugin make of those who come from outside to one port. */
export interface Barring {
  readonly port: ServicePort;
  /** `perhaps`: somebody is kept out, or may be; whom it takes cannot be told. */
  readonly kind: 'dropped' | 'perhaps';
  readonly pods: readonly PolicedPod[];
}

/** The ports from which somebody outside is kept, or may be; the rest is let in. */
export function barringsOf(pods: readonly PolicedPod[], scene: PolicyScene): readonly Barring[] {
  return scene.service.spec.ports.flatMap((port): readonly Barring[] => {
    const judged = pods.map((each) => ({ each, kind: judgementOf(each, port, scene) }));
    const dropped = judged.filter(({ kind }) => kind === 'dropped').map(({ each }) => each);
    const perhaps = judged.filter(({ kind }) => kind === 'perhaps').map(({ each }) => each);
    return [
      ...(dropped.length === 0 ? [] : [{ port, kind: 'dropped' as const, pods: dropped }]),
      ...(dropped.length > 0 || perhaps.length === 0
        ? []
        : [{ port, kind: 'perhaps' as const, pods: perhaps }]),
    ];
  });
}

function judgementOf(
  { pod, by }: PolicedPod,
  port: ServicePort,
  scene: PolicyScene,
): Barring['kind'] | undefined {
  const number = numberIn(pod, port);
  if (number === undefined) {
    return undefined;
  }
  const [client, ...nodes] = sendersTo(scene.service, scene).map((sender) =>
    by.outcomes({ port: number, protocol: port.protocol }, sender),
  );
  const all = [client ?? new Set(), ...nodes];
  const isOut = (outcomes: ReadonlySet<string>) => outcomes.has('deny') && !outcomes.has('allow');
  if (all.every(isOut)) {
    return 'dropped';
  }
  return client?.has('deny') === true || nodes.some(isOut) ? 'perhaps' : undefined;
}

/** Who in particular does not get through: who is named, or who tried in vain. */
export function clientOf({ client, dropped }: PolicyScene): IpAddress | undefined {
  return client ?? dropped.flatMap(({ hosts }) => hosts)[0];
}

/** The client first; behind externalTrafficPolicy Cluster nodes send in its stead, at least to pods of other nodes. */
function sendersTo(service: Service, scene: PolicyScene): readonly Sender[] {
  const outside: Sender = { kind: 'client', address: clientOf(scene) };
  return isLocal(service)
    ? [outside]
    : [
        outside,
        ...scene.nodes.map((node): Sender => ({
          kind: 'node',
          addresses: sourcesOf(node).slice(0, 1),
        })),
      ];
}
