import { parseAddress } from '../../facts/ip.ts';
import type { BGPPeer } from '../../facts/kube-objects.ts';
import type { ConfigurationRule } from '../configuration.ts';
import { quoted } from '../go-text.ts';
import { duplicateIn, selectorFault } from '../selectors.ts';
import { timersFault } from './peer-timers.ts';
import type { SpeakerRules } from './speaker-rules.ts';

/** One thing wrong with a peer by itself, without the words MetalLB puts before or after it. */
export interface PeerFault {
  readonly rule: ConfigurationRule;
  /** The field of `spec` to look at. */
  readonly field: string;
  readonly message: string;
}

type Spec = BGPPeer['spec'];
type FaultOf = (
  spec: Spec,
  rules: SpeakerRules,
  peer: BGPPeer,
) => Omit<PeerFault, 'rule'> | undefined;

/** In the order MetalLB looks; it stops at the first. */
const questions: readonly (readonly [ConfigurationRule, FaultOf])[] = [
  ['peer-asn', asnFault],
  ['peer-address', presenceFault],
  ['peer-timers', timersFault],
  ['peer-address', addressFault],
  ['duplicate-selector', selectorsFault],
  ['peer-password', passwordFault],
];

/** What is wrong with a peer by itself, each part of it once. */
export function peerFaults(peer: BGPPeer, rules: SpeakerRules): readonly PeerFault[] {
  return questions.flatMap(([rule, faultOf]) => {
    const fault = faultOf(peer.spec, rules, peer);
    return fault === undefined ? [] : [{ rule, ...fault }];
  });
}

function asnFault(spec: Spec, rules: SpeakerRules): Omit<PeerFault, 'rule'> | undefined {
  const peerASN = spec.peerASN ?? 0;
  const dynamicASN = rules.knowsDynamicASN ? spec.dynamicASN : undefined;
  if ((spec.myASN ?? 0) === 0) {
    return { field: 'myASN', message: 'missing local ASN' };
  }
  if (peerASN === 0 && dynamicASN === undefined) {
    const missing = rules.knowsDynamicASN ? 'peer ASN and dynamicASN' : 'peer ASN';
    return { field: 'peerASN', message: `missing ${missing}` };
  }
  if (peerASN !== 0 && dynamicASN !== undefined) {
    return { field: 'dynamicASN', message: 'both peer ASN and dynamicASN specified' };
  }
  if (dynamicASN !== undefined && dynamicASN !== 'internal' && dynamicASN !== 'external') {
    return { field: 'dynamicASN', message: `invalid dynamicASN ${dynamicASN}` };
  }
  return peerASN === spec.myASN && spec.ebgpMultiHop === true
    ? { field: 'ebgpMultiHop', message: 'invalid ebgp-multihop parameter set for an ibgp peer' }
    : undefined;
}

function presenceFault(spec: Spec, rules: SpeakerRules): Omit<PeerFault, 'rule'> | undefined {
  if (!rules.knowsInterfaces) {
    return undefined;
  }
  if (spec.peerAddress === undefined && spec.interface === undefined) {
    return { field: 'peerAddress', message: 'peer has no Address or Interface specified' };
  }
  return spec.peerAddress !== undefined && spec.interface !== undefined
    ? { field: 'interface', message: 'peer has both Address and Interface specified' }
    : undefined;
}

function addressFault(spec: Spec, rules: SpeakerRules): Omit<PeerFault, 'rule'> | undefined {
  const address = spec.peerAddress ?? (rules.knowsInterfaces ? undefined : '');
  if (!isAddress(address)) {
    return { field: 'peerAddress', message: `invalid BGPPeer address ${quoted(address ?? '')}` };
  }
  if (!isAddress(spec.routerID)) {
    return { field: 'routerID', message: `invalid router ID ${quoted(spec.routerID ?? '')}` };
  }
  return isAddress(spec.sourceAddress)
    ? undefined
    : { field: 'sourceAddress', message: `invalid source IP ${quoted(spec.sourceAddress ?? '')}` };
}

function isAddress(text: string | undefined): boolean {
  return text === undefined || parseAddress(text) !== undefined;
}

function selectorsFault(
  { nodeSelectors }: Spec,
  rules: SpeakerRules,
  peer: BGPPeer,
): Omit<PeerFault, 'rule'> | undefined {
  const field = 'nodeSelectors';
  const duplicate = duplicateIn(nodeSelectors, field);
  if (duplicate !== undefined) {
    return { field, message: duplicate };
  }
  const fault = nodeSelectors.map(selectorFault).find((each) => each !== undefined);
  if (fault === undefined) {
    return undefined;
  }
  const what = `onvert peer ${peer.metadata.name} node selector`;
  const message = rules.joinsErrors
    ? `${fault}\nfailed to c${what}`
    : `Failed to c${what}: ${fault}`;
  return { field, message };
}

function passwordFault(
  spec: Spec,
  _: SpeakerRules,
  { metadata }: BGPPeer,
): Omit<PeerFault, 'rule'> | undefined {
  if (!spec.hasPassword || spec.passwordSecret === undefined) {
    return undefined;
  }
  const who = `${quoted(metadata.namespace ?? '')}/${quoted(metadata.name)}`;
  const message = `can not have both password and secret ref set in peer config ${who}`;
  return { field: 'passwordSecret', message };
}
