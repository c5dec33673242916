import { areProxysRead, needsNoFile, unstrictProxyIn } from '../models/layer2/unstrict-proxies.ts';
import { toldOfProxy } from '../models/layer2/unstrict-telling.ts';
import { addressesIn } from '../models/services.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** In IPVS mode kube-proxy puts every address on each node, and without strictARP each node answers for it. */
export const onlyTheAnnouncerAnswers = layer2Check({
  id: 'MLB-L16',
  asks: 'Does kube-proxy leave answering to the announcer?',
  causes: ['ipvs-without-strict-arp'],
  link: 'wire',
  alsoHelps: ['configMaps'],
  alsoNeeds: (_scene, facts) =>
    needsNoFile(facts) || areProxysRead(facts.configMaps) ? [] : ['configMaps'],
  run: ({ service }, facts) => {
    const proxy = unstrictProxyIn(facts);
    if (proxy === undefined) {
      return [];
    }
    const answered = { services: [service], addresses: addressesIn(service).join(', ') };
    return [toldOfProxy(proxy, answered, facts)];
  },
});
