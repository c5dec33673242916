import type { BFDProfile, BGPPeer } from '../../facts/kube-objects.ts';
import { asRaw, filledText, flag, inner, number, present, type Raw } from './fields.ts';
import { parseLabelSelectors, parseMetadata } from './metadata.ts';

/** A BGPPeer as the API prints it, or as a snapshot holds it, without its password. */
export function parseBGPPeer(value: unknown): BGPPeer {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'BGPPeer',
    metadata: parseMetadata(object),
    spec: present({
      ...addressing(spec),
      holdTime: filledText(spec, 'holdTime'),
      keepaliveTime: filledText(spec, 'keepaliveTime'),
      connectTime: filledText(spec, 'connectTime'),
      routerID: filledText(spec, 'routerID'),
      nodeSelectors: parseLabelSelectors(spec, 'nodeSelectors'),
      hasPassword: flag(spec, 'hasPassword') ?? filledText(spec, 'password') !== undefined,
      passwordSecret: secretNameOf(spec),
      bfdProfile: filledText(spec, 'bfdProfile'),
      ebgpMultiHop: flag(spec, 'ebgpMultiHop'),
      enableGracefulRestart: flag(spec, 'enableGracefulRestart'),
      vrf: filledText(spec, 'vrf'),
      disableMP: flag(spec, 'disableMP'),
      dualStackAddressFamily: flag(spec, 'dualStackAddressFamily'),
    }),
  };
}

function addressing(spec: Raw) {
  return {
    myASN: number(spec, 'myASN'),
    peerASN: number(spec, 'peerASN'),
    dynamicASN: filledText(spec, 'dynamicASN'),
    localASN: number(spec, 'localASN'),
    peerAddress: filledText(spec, 'peerAddress'),
    interface: filledText(spec, 'interface'),
    sourceAddress: filledText(spec, 'sourceAddress'),
    peerPort: number(spec, 'peerPort'),
  };
}

/** The API has an object with a name here, a snapshot the name. */
function secretNameOf(spec: Raw): string | undefined {
  return filledText(spec, 'passwordSecret') ?? filledText(inner(spec, 'passwordSecret'), 'name');
}

/** A BFDProfile as the API prints it, or as a snapshot holds it. */
export function parseBFDProfile(value: unknown): BFDProfile {
  const object = asRaw(value);
  const spec = inner(object, 'spec');
  return {
    kind: 'BFDProfile',
    metadata: parseMetadata(object),
    spec: present({
      receiveInterval: number(spec, 'receiveInterval'),
      transmitInterval: number(spec, 'transmitInterval'),
      echoInterval: number(spec, 'echoInterval'),
      detectMultiplier: number(spec, 'detectMultiplier'),
      minimumTtl: number(spec, 'minimumTtl'),
      echoMode: flag(spec, 'echoMode'),
      passiveMode: flag(spec, 'passiveMode'),
    }),
  };
}
