import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { portText } from '../models/traffic/target-ports.ts';
import { editService } from '../models/service-remedies.ts';
import { noServedAddress } from '../models/one-service.ts';

/** kube-proxy makes the same rules for spec.externalIPs as for MetalLB's addresses: two Services on one port contradict. */
export const nobodyClaimsItByExternalIPs = defineCheck({
  id: 'MLB-D14',
  asks: 'Is the address in no spec.externalIPs of another Service?',
  symptoms: ['no-traffic'],
  causes: ['address-in-external-ips'],
  link: 'elsewhere',
  basis: 'observed',
  needs: ['services'],
  helps: [],
  skipWhen: noServedAddress,
  run: (facts, service) =>
    service === undefined
      ? []
      : facts.services
          .filter(
            (other) =>
              other.spec.externalIPs.length > 0 && keyOfService(other) !== keyOfService(service),
          )
          .flatMap((other) => claimOf(other, service) ?? [])
          .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

function claimOf(other: Service, service: Service): Found | undefined {
  const claimed = new Set(other.spec.externalIPs.flatMap((text) => parseAddress(text) ?? []));
  const addresses = addressesIn(service).filter((text) => {
    const address = parseAddress(text);
    return address !== undefined && claimed.has(address);
  });
  const same = service.spec.ports.filter(({ port, protocol }) =>
    other.spec.ports.some((each) => each.port === port && each.protocol === protocol),
  );
  if (addresses.length === 0) {
    return undefined;
  }
  const about = refOf(other);
  return {
    cause: 'address-in-external-ips',
    severity: same.length > 0 ? 'warning' : 'info',
    about,
    affects: [refOf(service)],
    addresses,
    says: `${keyOfService(other)} claims ${addresses.join(', ')} of ${keyOfService(service)} in its spec.externalIPs`,
    details: [
      same.length > 0
        ? `both want ${same.map(portText).join(', ')}: kube-proxy makes a rule for each, and which of the two gets the traffic is not settled`
        : 'their ports differ, so both are served; kube-proxy in mode ipvs puts the address on every node, though',
    ],
    because: [seenField(about, 'spec.externalIPs', other.spec.externalIPs.join(', '))],
    suggests: [editService(other, 'take the address out of its spec.externalIPs')],
  };
}
