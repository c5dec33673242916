import { defineCheck } from '../../core/diagnosis/check.ts';
import { announcingHelps, announcingNeeds } from '../models/announcing/speakers-at-work.ts';
import { layer2Scene, notInLayer2 } from '../models/layer2/scene.ts';
import { areProxysRead, needsNoFile, unstrictProxyIn } from '../models/layer2/unstrict-proxies.ts';
import { toldOfProxy } from '../models/layer2/unstrict-telling.ts';
import { addressesIn } from '../models/services.ts';

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
    const { service } = scene;
    const answered = { services: [service], addresses: addressesIn(service).join(', ') };
    return [toldOfProxy(proxy, answered, facts)];
  },
});
