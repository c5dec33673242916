import type {
  AddressPool,
  IPAddressPool,
  OwnAdvertisement,
  ServiceAllocation,
} from '../../facts/kube-objects.ts';
import {
  asRaw,
  flag,
  inner,
  isRaw,
  number,
  present,
  raws,
  text,
  texts,
  type Raw,
} from './fields.ts';
import { parseLabelSelectors, parseMetadata } from './metadata.ts';

/** An IPAddressPool as the API prints it, or as a snapshot holds it. */
export function parseIPAddressPool(value: unknown): IPAddressPool {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return present({
    kind: 'IPAddressPool' as const,
    metadata: parseMetadata(object),
    spec: present({
      addresses: texts(spec, 'addresses'),
      autoAssign: flag(spec, 'autoAssign'),
      avoidBuggyIPs: flag(spec, 'avoidBuggyIPs'),
      protocol: text(spec, 'protocol'),
      serviceAllocation: isRaw(spec['serviceAllocation'])
        ? parseServiceAllocation(inner(spec, 'serviceAllocation'))
        : undefined,
    }),
    status: parseStatus(inner(object, 'status')),
  });
}

/** An AddressPool as the API prints it, or as a snapshot holds it. */
export function parseAddressPool(value: unknown): AddressPool {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'AddressPool',
    metadata: parseMetadata(object),
    spec: present({
      protocol: text(spec, 'protocol'),
      addresses: texts(spec, 'addresses'),
      autoAssign: flag(spec, 'autoAssign'),
      bgpAdvertisements: raws(spec, 'bgpAdvertisements').map(parseOwnAdvertisement),
    }),
  };
}

function parseOwnAdvertisement(raw: Raw): OwnAdvertisement {
  return present({
    aggregationLength: number(raw, 'aggregationLength'),
    aggregationLengthV6: number(raw, 'aggregationLengthV6'),
    localPref: number(raw, 'localPref'),
    communities: texts(raw, 'communities'),
  });
}

function parseServiceAllocation(raw: Raw): ServiceAllocation {
  return present({
    priority: number(raw, 'priority'),
    namespaces: texts(raw, 'namespaces'),
    namespaceSelectors: parseLabelSelectors(raw, 'namespaceSelectors'),
    serviceSelectors: parseLabelSelectors(raw, 'serviceSelectors'),
  });
}

function parseStatus(raw: Raw): IPAddressPool['status'] | undefined {
  const status = present({
    assignedIPv4: text(raw, 'assignedIPv4'),
    assignedIPv6: text(raw, 'assignedIPv6'),
    availableIPv4: text(raw, 'availableIPv4'),
    availableIPv6: text(raw, 'availableIPv6'),
  });
  return Object.keys(status).length === 0 ? undefined : status;
}
