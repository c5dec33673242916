import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service, Workload } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { announcerHelps, certainAnnouncerOf } from '../models/announcing/certain-announcer.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { leftOutNodes } from '../models/traffic/left-out-nodes.ts';
import { letRunEverywhere } from '../models/traffic/let-run-everywhere.ts';
import { unreadyLine, unreadyRemedies } from '../models/traffic/pod-state.ts';
import {
  hasProxyConfiguration,
  hasProxyPods,
  isOnlyWithItsNode,
  kubeProxyIn,
  linuxNodes,
  type ProxyFacts,
  replacementIn,
  unreadyProxies,
} from '../models/traffic/service-proxies.ts';
import { plural, someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

type WorkFacts = ProxyFacts & Facts<never, (typeof announcerHelps)[number]>;

/** The announcing node takes the packets in; it is kube-proxy, or what stands in for it, that sends them on. */
export const kubeProxyIsAtWork = defineCheck({
  id: 'MLB-D10',
  asks: 'Does kube-proxy run on the nodes?',
  symptoms: ['no-traffic'],
  causes: ['kube-proxy-failing'],
  link: 'data-path',
  needs: [],
  helps: [...announcerHelps, 'configMaps'],
  alsoNeeds: () => ['daemonSets'],
  skipWhen: (facts, subject) => {
    const why = noServedAddress(facts, subject);
    if (why !== undefined || facts.daemonSets.state !== 'read') {
      return why;
    }
    if (kubeProxyIn(facts.daemonSets) !== undefined || hasProxyPods(facts)) {
      return undefined;
    }
    if (!showsOthers(facts)) {
      return 'the DaemonSets of kube-system were not read';
    }
    return hasProxyConfiguration(facts.configMaps)
      ? undefined
      : 'kube-proxy is no DaemonSet here, as in k3s, RKE2, MicroK8s and with its replacements';
  },
  run: (facts, service) => {
    const other = replacementIn(facts);
    const proxy = kubeProxyIn(facts.daemonSets);
    if (service !== undefined && proxy === undefined && hasProxyPods(facts)) {
      return unreadyByThemselves(service, facts);
    }
    if (service === undefined || (other !== undefined && (proxy?.status.desired ?? 0) === 0)) {
      return [];
    }
    return proxy === undefined ? [absent(service)] : troublesOf(proxy, service, facts);
  },
});

/** A list that holds MetalLB's alone was made for it, and says nothing of kube-system. */
function showsOthers({ daemonSets, installation }: ProxyFacts): boolean {
  return (
    daemonSets.state === 'read' &&
    daemonSets.within === undefined &&
    daemonSets.items.some(({ metadata }) => metadata.namespace !== installation?.namespace)
  );
}

const passesOn =
  'kube-proxy on the node that a packet reaches sends it on to a pod; without it the node drops or refuses what comes to the address';

function absent(service: Service): Found {
  const about = { kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy' };
  return {
    cause: 'kube-proxy-failing',
    severity: 'error',
    about,
    affects: [refOf(service)],
    says: `kube-proxy has a configuration in this cluster and no DaemonSet, so nothing sends packets for ${addressesIn(service).join(', ')} on to pods`,
    details: [
      passesOn,
      'no agent that does its work instead was found: Cilium, kube-router, OVN-Kubernetes, Antrea, Calico',
    ],
    because: [
      seenField(
        { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy' },
        'metadata.name',
        'kube-proxy',
      ),
      workedOut(about, 'DaemonSets of all namespaces', 'no DaemonSet runs kube-proxy'),
    ],
    doubts: ['something else does its work: then cluster IPs work from pods'],
    suggests: [
      {
        says: 'see what runs on the nodes',
        command: kubectl`-n ${'kube-system'} get daemonsets,pods -o wide`,
        mutates: false,
      },
    ],
  };
}

function troublesOf(proxy: Workload, service: Service, facts: WorkFacts): readonly Found[] {
  const { desired, ready } = proxy.status;
  const nodes = linuxNodes(itemsIfRead(facts.nodes)).length;
  if (ready < desired || desired === 0) {
    const isTold = isOnlyWithItsNode(proxy, itemsIfRead(facts.nodes));
    return isTold && unreadyProxies(facts).length === 0 ? [] : [failing(proxy, service, facts)];
  }
  return nodes > desired ? [missing(proxy, service, facts)] : [];
}

function failing(proxy: Workload, service: Service, facts: WorkFacts): Found {
  const { desired, ready } = proxy.status;
  const about = refOf(proxy);
  const down = unreadyProxies(facts);
  const nodes = down.flatMap(({ pod }) => pod.spec.nodeName ?? []).toSorted();
  const announcer = certainAnnouncerOf(service, facts);
  const isThere = announcer !== undefined && nodes.includes(announcer);
  const base = foundOn(proxy, service);
  const count = `ready on ${ready} of ${plural(desired, 'node')}`;
  const where =
    nodes.length === 0
      ? count
      : `not ready on ${someOf(nodes)}${thereText(isThere ? announcer : undefined, nodes)}; it is ${count}`;
  return {
    ...base,
    severity: ready === 0 || isThere ? 'error' : 'warning',
    says: desired === 0 ? 'the DaemonSet of kube-proxy selects no node' : `kube-proxy is ${where}`,
    details: [...down.slice(0, 4).map((each) => unreadyLine(each, facts.takenAt)), ...base.details],
    because: [seenField(about, 'status.numberReady', `${ready} of ${desired}`)],
    suggests:
      down[0] === undefined
        ? [seePods(proxy, 'see on which nodes it is not ready, and why')]
        : unreadyRemedies(down[0]).toReversed(),
  };
}

/** RKE2 runs it as a static pod of each node. */
function unreadyByThemselves(service: Service, facts: WorkFacts): readonly Found[] {
  const down = unreadyProxies(facts);
  const nodes = down.flatMap(({ pod }) => pod.spec.nodeName ?? []);
  const [first] = down;
  if (first === undefined) {
    return [];
  }
  const announcer = certainAnnouncerOf(service, facts);
  const isThere = announcer !== undefined && nodes.includes(announcer);
  const about = refOf(first.pod);
  return [
    {
      ...foundAt(about, service),
      severity: isThere ? 'error' : 'warning',
      says: `kube-proxy is not ready on ${someOf(nodes)}${thereText(isThere ? announcer : undefined, nodes)}`,
      details: [
        ...down.slice(0, 4).map((each) => unreadyLine(each, facts.takenAt)),
        ...proxyDetails,
      ],
      because: down
        .slice(0, 4)
        .map(({ pod }) => seenField(refOf(pod), 'status.conditions[Ready]', 'False')),
      suggests: unreadyRemedies(first).toReversed(),
    },
  ];
}

function thereText(announcer: string | undefined, nodes: readonly string[]): string {
  if (announcer === undefined) {
    return '';
  }
  return nodes.length === 1
    ? ', which announces the address'
    : `; ${announcer} announces the address`;
}

function missing(proxy: Workload, service: Service, facts: WorkFacts): Found {
  const { desired } = proxy.status;
  const nodes = linuxNodes(itemsIfRead(facts.nodes));
  const without = leftOutNodes(proxy, nodes);
  const names = without.map(({ node }) => node);
  const announcer = certainAnnouncerOf(service, facts);
  const isThere = announcer !== undefined && names.includes(announcer);
  const base = foundOn(proxy, service);
  const count = `runs on ${desired} of ${plural(nodes.length, 'node')}`;
  return {
    ...base,
    severity: isThere ? 'error' : 'warning',
    says:
      names.length === 0
        ? `kube-proxy ${count}`
        : `kube-proxy does not run on ${someOf(names)}${thereText(isThere ? announcer : undefined, names)}; it ${count}`,
    details: [...without.slice(0, 4).map(({ why }) => why), ...base.details],
    because: [seenField(refOf(proxy), 'status.desiredNumberScheduled', String(desired))],
    suggests:
      names.length === 0
        ? [
            seePods(
              proxy,
              'see which nodes it leaves out: a node selector, or taints that it does not tolerate',
            ),
          ]
        : letRunEverywhere(proxy, without),
  };
}

function foundOn(proxy: Workload, service: Service) {
  return foundAt(refOf(proxy), service);
}

function foundAt(about: Found['about'], service: Service) {
  return {
    cause: 'kube-proxy-failing',
    about,
    affects: [refOf(service)],
    details: proxyDetails,
  };
}

const proxyDetails: readonly string[] = [
  passesOn,
  'rules that it made before stay on the node, so only what has changed since is wrong there; after a restart of the node there are none',
];

function seePods({ metadata, spec }: Workload, says: string) {
  const label = spec.template.labels['k8s-app'] ?? metadata.name;
  return {
    says,
    command: kubectl`-n ${metadata.namespace ?? 'kube-system'} get pods -l ${`k8s-app=${label}`} -o wide`,
    mutates: false,
  };
}
