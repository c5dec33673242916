import { defineCheck } from '../../core/diagnosis/check.ts';
import { namespacesRead } from '../../core/facts/reading.ts';
import { noLayer2, servicesInLayer2, withSlices } from '../models/announcing/in-layer2.ts';
import { announcingHelps, needsButSlices } from '../models/announcing/speakers-at-work.ts';
import { addressesOf } from '../models/layer2/of-services.ts';
import { areProxysRead, needsNoFile, unstrictProxyIn } from '../models/layer2/unstrict-proxies.ts';
import { isAtWork, toldOfProxy } from '../models/layer2/unstrict-telling.ts';

/** MLB-L16 of all Services: one setting of kube-proxy strikes every address that layer 2 announces. */
export const noProxyAnswersBesides = defineCheck({
  id: 'MLB-L24',
  asks: 'Does kube-proxy leave answering to whoever announces?',
  symptoms: ['health'],
  causes: ['ipvs-without-strict-arp'],
  link: 'wire',
  needs: ['services', ...needsButSlices],
  helps: [...announcingHelps, 'endpointSlices', 'configMaps'],
  skipWhen: (known) => {
    const { configMaps } = known;
    const isWhole = configMaps.state === 'read' && namespacesRead(configMaps) === undefined;
    const isKnown = isWhole || areProxysRead(configMaps) || needsNoFile(known);
    return (
      noLayer2(withSlices(known)) ??
      (isKnown || unstrictProxyIn(known) !== undefined
        ? undefined
        : 'the ConfigMap of kube-proxy was not read')
    );
  },
  run: (known) => {
    const facts = withSlices(known);
    const proxy = unstrictProxyIn(facts);
    const services = servicesInLayer2(facts);
    return proxy === undefined || !isAtWork(proxy, facts)
      ? []
      : [toldOfProxy(proxy, { services, addresses: addressesOf(services) }, facts)];
  },
});
