import type { Matter } from './matters.ts';

/** What alerts of one sort ask for. */
export interface AlertLead {
  readonly id: 'configuration' | 'pool' | 'bgp' | 'layer2';
  readonly about: string;
  /** Names of alerts: those of MetalLB's chart, and for layer 2, of which it has none, those people give. */
  readonly names: RegExp;
  /** What can be behind it; only the checks that are about it are run. */
  readonly matters: readonly Matter[];
  /** Of these the one that the alert itself is about: whatever is found there answers it. */
  readonly own: Matter;
  /** What else may be behind it when none of them is found. */
  readonly otherwise: string;
}

/** Which look each alert asks for; the first whose names fit. */
export const alertLeads: readonly AlertLead[] = [
  {
    id: 'configuration',
    about: 'MetalLB works with an old configuration, or with none',
    names: /^MetalLB(?:StaleConfig|ConfigNotLoaded)$/,
    matters: ['programs', 'speakers', 'configuration', 'stale-flag'],
    own: 'stale-flag',
    otherwise:
      'the metric metallb_k8s_client_config_stale_bool can stay at 1 after the configuration was put back to exactly ' +
      'what it was (metallb#2245); a restart of the program that reports it clears it',
  },
  {
    id: 'pool',
    about: 'a pool has few addresses left, or none',
    names: /^MetalLBAddressPool(?:Exhausted|Usage\d{1,3}Percent)$/,
    matters: ['room', 'programs', 'configuration'],
    own: 'room',
    otherwise:
      'the metric counts as the running controller does: it may not have taken in the last change of the pool yet',
  },
  {
    id: 'bgp',
    about: 'a BGP session is down',
    names: /^MetalLBBGPSessionDown$/,
    matters: ['programs', 'speakers', 'configuration', 'advertising', 'bgp'],
    own: 'bgp',
    otherwise:
      'the router, the AS numbers, the password, or the way between may be at fault: triage no-traffic, ' +
      'for a Service announced by BGP, tells what the speakers and the sessions say of it',
  },
  {
    id: 'layer2',
    about: 'an address is not announced on the LAN',
    names: /^MetalLB\w*(?:Layer2|L2|Speaker|Announc|ARP|NDP|Gratuitous)\w*$/i,
    matters: ['programs', 'speakers', 'configuration', 'advertising', 'layer2', 'addresses'],
    own: 'layer2',
    otherwise:
      'what happens on the wire is not looked at: triage no-traffic follows the way of one address, and ' +
      'with --probe asks from a host of that LAN who answers for it',
  },
];

/** The look that an alert of this name asks for; undefined when nobody knows. */
export function leadOf(name: string): AlertLead | undefined {
  return alertLeads.find(({ names }) => names.test(name));
}
