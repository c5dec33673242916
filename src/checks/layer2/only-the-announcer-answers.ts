import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { addressesIn } from '../models/services.ts';
import { refOf } from '../models/references.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import { listed } from './told.ts';
import {
  areProxysRead,
  needsNoFile,
  type UnstrictProxy,
  unstrictProxyIn,
} from '../models/layer2/unstrict-proxies.ts';

/** In IPVS mode kube-proxy puts every address on each node, and without strictARP each node answers for it. */
export const onlyTheAnnouncerAnswers = defineCheck({
  id: 'MLB-L16',
  asks: 'Does kube-proxy leave answering to the announcer?',
  symptoms: ['no-traffic'],
  causes: ['ipvs-without-strict-arp'],
  link: 'wire',
  needs: announcingNeeds,
  helps: [...announcingHelps, 'configMaps'],
  enoughInNamespace: ['endpointSlices'],
  alsoNeeds: (facts) =>
    needsNoFile(facts) || areProxysRead(facts.configMaps) ? [] : ['configMaps'],
  skipWhen: notInLayer2,
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const proxy = unstrictProxyIn(facts);
    if (scene === undefined || proxy === undefined) {
      return [];
    }
    const isRunning =
      proxy.about.kind !== 'ConfigMap' ||
      facts.daemonSets.some(
        ({ metadata }) => metadata.namespace === 'kube-system' && metadata.name === 'kube-proxy',
      );
    return [finding(scene.service, proxy, isRunning)];
  },
});

function finding(service: Service, proxy: UnstrictProxy, isRunning: boolean): Found {
  const { about, nodes } = proxy;
  const where = nodes.length === 0 ? '' : ` on ${listed(nodes)}`;
  const who = nodes.length === 0 ? 'every node answers' : 'each of these nodes answers';
  return {
    cause: 'ipvs-without-strict-arp',
    // kube-proxy on whichever node sends packets on: broken it is only where the wire shows several that answer
    severity: 'warning',
    about,
    affects: [refOf(service)],
    says: `kube-proxy runs in IPVS mode without strictARP${where}, so ${who} for ${addressesIn(service).join(', ')}`,
    details: [
      'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
      'clients send to whichever node answered last',
      ...(isRunning ? [] : ['no DaemonSet kube-proxy was seen: the ConfigMap may be a leftover']),
    ],
    because: proxy.because,
    doubts: ['arp_ignore and arp_announce were set on the nodes by hand'],
    suggests: remediesFor(proxy),
  };
}

function remediesFor({ about }: UnstrictProxy): readonly Remedy[] {
  if (about.kind === 'Node') {
    return [
      {
        says: 'give every node "kube-proxy-arg: [proxy-mode=ipvs, ipvs-strict-arp=true]" in the config.yaml of k3s or RKE2, then restart that',
        command: 'kubectl get nodes -o yaml',
        mutates: false,
      },
    ];
  }
  return [
    about.kind === 'ConfigMap'
      ? {
          says: 'set strictARP: true under ipvs',
          command: 'kubectl -n kube-system edit configmap kube-proxy',
          mutates: true,
        }
      : {
          says: 'add --ipvs-strict-arp=true to its arguments',
          command: 'kubectl -n kube-system edit daemonset kube-proxy',
          mutates: true,
        },
    {
      says: 'then restart kube-proxy',
      command: 'kubectl -n kube-system rollout restart daemonset/kube-proxy',
      mutates: true,
    },
  ];
}
