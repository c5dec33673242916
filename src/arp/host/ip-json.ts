import { parseAddress } from '../../core/facts/ip.ts';
import type { HostAddress, HostInterface, HostRoute, KernelNeighbour } from './host-port.ts';
import { fieldsIn, listOf, numberIn, textIn, textsIn, type Fields } from './json-fields.ts';

/** What `ip -json -details address show` prints. */
export function parseInterfaces(text: string): readonly HostInterface[] {
  return listOf(text).flatMap((fields) => {
    const name = textIn(fields, 'ifname');
    return name === undefined ? [] : [interfaceOf(name, fields)];
  });
}

/** What `ip -j route get ADDRESS` prints; nothing when there is no way. */
export function parseRoute(text: string): HostRoute {
  const [fields] = listOf(text);
  const device = fields === undefined ? undefined : textIn(fields, 'dev');
  if (fields === undefined || device === undefined) {
    return { kind: 'none' };
  }
  return special.get(textIn(fields, 'type') ?? '') ?? routeBy(fields, device);
}

const special: ReadonlyMap<string, HostRoute> = new Map([
  ['local', { kind: 'own' }],
  ['broadcast', { kind: 'broadcast' }],
  ['unreachable', { kind: 'none' }],
  ['blackhole', { kind: 'none' }],
  ['prohibit', { kind: 'none' }],
]);

/** What `ip -j neighbour show` prints. */
export function parseNeighbours(text: string): readonly KernelNeighbour[] {
  return listOf(text).flatMap((fields) => {
    const address = textIn(fields, 'dst');
    const device = textIn(fields, 'dev');
    return address === undefined || device === undefined
      ? []
      : [
          {
            address,
            interface: device,
            mac: textIn(fields, 'lladdr'),
            state: textsIn(fields, 'state').join(', '),
          },
        ];
  });
}

function interfaceOf(name: string, fields: Fields): HostInterface {
  const flags = textsIn(fields, 'flags');
  return {
    name,
    index: numberIn(fields, 'ifindex'),
    mac: textIn(fields, 'address') ?? '',
    type: textIn(fields, 'link_type'),
    isUp: flags.includes('UP'),
    hasCarrier: flags.includes('LOWER_UP'),
    speaksArp: !flags.includes('NOARP'),
    master: masterOf(fields),
    addresses: fieldsIn(fields['addr_info']).flatMap(usableAddress),
  };
}

/** A routing domain (VRF) is a master that leaves the frames of its interfaces alone. */
function masterOf(fields: Fields): string | undefined {
  const [details] = fieldsIn([fields['linkinfo']]);
  const isRouting = details !== undefined && textIn(details, 'info_slave_kind') === 'vrf';
  return isRouting ? undefined : textIn(fields, 'master');
}

/** An address that duplicate detection has not let pass may not be spoken from. */
function usableAddress(fields: Fields): readonly HostAddress[] {
  const address = parseAddress(textIn(fields, 'local') ?? '');
  const prefixLength = numberIn(fields, 'prefixlen');
  const isUnproven = fields['tentative'] === true || fields['dadfailed'] === true;
  return address === undefined || prefixLength === undefined || isUnproven
    ? []
    : [{ address, prefixLength }];
}

function routeBy(fields: Fields, device: string): HostRoute {
  const [via] = fieldsIn([fields['via']]);
  const gateway =
    textIn(fields, 'gateway') ?? (via === undefined ? undefined : textIn(via, 'host'));
  return gateway === undefined
    ? { kind: 'on-link', interface: device, source: textIn(fields, 'prefsrc') }
    : { kind: 'routed', interface: device, gateway };
}
