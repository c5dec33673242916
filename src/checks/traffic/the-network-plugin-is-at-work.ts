import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { type PluginAgent, pluginAgentsIn, whoDoes } from '../models/traffic/network-plugins.ts';
import {
  isOnlyWithItsNode,
  kubeProxyIn,
  type ProxyFacts,
} from '../models/traffic/service-proxies.ts';
import { plural } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

/** The network plugin carries packets from the announcing node to the pods; in some clusters it does the work of kube-proxy too. */
export const theNetworkPluginIsAtWork = defineCheck({
  id: 'MLB-D19',
  asks: 'Does the network plugin run on the nodes?',
  symptoms: ['no-traffic'],
  causes: ['network-plugin-failing'],
  link: 'data-path',
  needs: [],
  helps: ['daemonSets', 'nodes', 'configMaps', 'pods'],
  alsoNeeds: () => ['daemonSets'],
  skipWhen: (facts, subject) =>
    noServedAddress(facts, subject) ??
    (facts.daemonSets.state === 'read' && pluginAgentsIn(facts.daemonSets).length === 0
      ? 'no network plugin is known by a DaemonSet here'
      : undefined),
  run: (facts, service) =>
    service === undefined
      ? []
      : pluginAgentsIn(facts.daemonSets)
          .filter(({ workload }) => isFailing(workload, facts))
          .map((agent) => finding(agent, service, facts)),
});

/** Some are not ready although their nodes are, and nobody is just giving them another version. */
function isFailing(workload: PluginAgent['workload'], { nodes }: ProxyFacts): boolean {
  const { ready, desired, updated } = workload.status;
  return ready < desired && updated >= desired && !isOnlyWithItsNode(workload, itemsIfRead(nodes));
}

function finding({ plugin, workload }: PluginAgent, service: Service, facts: ProxyFacts): Found {
  const { ready, desired } = workload.status;
  const { name, namespace = 'kube-system' } = workload.metadata;
  const about = refOf(workload);
  const proxies =
    kubeProxyIn(facts.daemonSets) === undefined &&
    whoDoes('proxying', facts.daemonSets, []) === plugin;
  return {
    cause: 'network-plugin-failing',
    severity: 'warning',
    about,
    affects: [refOf(service)],
    says: `${plugin} (${namespace}/${name}) is ready on ${ready} of ${plural(desired, 'node')}`,
    details: [
      'it carries packets from the node that takes them in to the pods on the others',
      ...(proxies
        ? [
            'no DaemonSet kube-proxy was seen, so it may be what sends packets for the address on to pods, too',
          ]
        : []),
      'what it set up before mostly stays, so only what has changed since may be wrong there',
    ],
    because: [seenField(about, 'status.numberReady', `${ready} of ${desired}`)],
    doubts: ['it was just restarted: look again in a minute'],
    suggests: [
      {
        says: 'see on which nodes it is not ready, and why: the announcing node and those of the endpoints matter',
        command: kubectl`-n ${namespace} get pods -o wide`,
        mutates: false,
      },
    ],
  };
}
