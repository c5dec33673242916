import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { ConfigMap, Service } from '../../core/facts/kube-objects.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { layer2Scene, notInLayer2 } from './scene.ts';

/** In IPVS mode kube-proxy puts every address on each node, and without strictARP each node answers for it. */
export const onlyTheAnnouncerAnswers = defineCheck({
  id: 'MLB-L16',
  asks: 'Does kube-proxy leave answering to the announcer?',
  symptoms: ['no-traffic'],
  causes: ['ipvs-without-strict-arp'],
  link: 'wire',
  needs: [...announcingNeeds, 'configMaps'],
  helps: announcingHelps,
  enoughInNamespace: ['endpointSlices'],
  skipWhen: (facts, subject) =>
    notInLayer2(facts, subject) ??
    (proxyIn(facts.configMaps) === undefined ? 'no ConfigMap kube-proxy was read' : undefined),
  run: (facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const proxy = proxyIn(facts.configMaps);
    if (scene === undefined || proxy === undefined || !answersEverywhere(proxy)) {
      return [];
    }
    const isRunning = facts.daemonSets.some(({ metadata }) => isProxy(metadata));
    return [finding(scene.service, proxy, isRunning)];
  },
});

function finding(service: Service, proxy: ConfigMap, isRunning: boolean): Found {
  const about = refOf(proxy);
  return {
    cause: 'ipvs-without-strict-arp',
    severity: isRunning ? 'error' : 'warning',
    about,
    affects: [refOf(service)],
    says: `kube-proxy runs in IPVS mode without strictARP, so every node answers for ${addressesIn(service).join(', ')}`,
    details: [
      'it puts the address on kube-ipvs0 of each node, and the kernel answers ARP for it beside the speaker',
      'clients send to whichever node answered last',
      ...(isRunning ? [] : ['no DaemonSet kube-proxy was seen: the ConfigMap may be a leftover']),
    ],
    because: [
      seenField(about, 'config.conf mode', 'ipvs'),
      seenField(about, 'config.conf ipvs.strictARP', 'false'),
    ],
    doubts: ['arp_ignore and arp_announce were set on the nodes by hand'],
    suggests: [
      {
        says: 'set strictARP: true under ipvs',
        command: 'kubectl -n kube-system edit configmap kube-proxy',
        mutates: true,
      },
      {
        says: 'then restart kube-proxy',
        command: 'kubectl -n kube-system rollout restart daemonset/kube-proxy',
        mutates: true,
      },
    ],
  };
}

function proxyIn(configMaps: readonly ConfigMap[]): ConfigMap | undefined {
  return configMaps.find(({ metadata }) => isProxy(metadata));
}

function isProxy({ namespace, name }: ConfigMap['metadata']): boolean {
  return namespace === 'kube-system' && name === 'kube-proxy';
}

/** The file is YAML or JSON; absent means false. */
function answersEverywhere({ data }: ConfigMap): boolean {
  const text = new Map(Object.entries(data)).get('config.conf') ?? '';
  const isIPVS = /^[\s{,]*"?mode"?\s*:\s*["']?ipvs["']?\s*,?\s*$/m.test(text);
  return isIPVS && !/"?strictARP"?\s*:\s*true/.test(text);
}
