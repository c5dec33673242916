import type { CauseId } from '../core/facts/finding.ts';

/** What alerts of one sort ask for. */
export interface AlertLead {
  readonly id: 'configuration' | 'pool' | 'bgp' | 'layer2';
  readonly about: string;
  /** Names of alerts: those of MetalLB's chart, and for layer 2, of which it has none, those people give. */
  readonly names: RegExp;
  /** What can be behind it; only the checks that find these are run. */
  readonly causes: readonly CauseId[];
  /** What else may be behind it when none of them is found. */
  readonly otherwise: string;
}

const programs: readonly CauseId[] = [
  'metallb-not-installed',
  'controller-absent',
  'controller-crash-looping',
  'controller-not-ready',
  'controller-without-permission',
  'crd-skew',
];

const speakers: readonly CauseId[] = [
  'speaker-absent',
  'speaker-crash-looping',
  'speaker-not-ready',
  'speaker-image-pull-failing',
  'speaker-missing-on-nodes',
  'speaker-without-permission',
  'speaker-port-taken',
  'version-skew',
];

const announcing: readonly CauseId[] = [
  'config-rejected',
  'pool-unadvertised',
  'advertisement-selects-nothing',
];

/** Which look each alert asks for; the first whose names fit. */
export const alertLeads: readonly AlertLead[] = [
  {
    id: 'configuration',
    about: 'MetalLB works with an old configuration, or with none',
    names: /^MetalLB(?:StaleConfig|ConfigNotLoaded)$/,
    causes: [
      'config-rejected',
      'config-stale',
      'watch-stale',
      'stale-flag-lingers',
      ...programs,
      'speaker-crash-looping',
      'speaker-not-ready',
    ],
    otherwise:
      'the metric metallb_k8s_client_config_stale_bool can stay at 1 after the configuration was put back to exactly ' +
      'what it was (metallb#2245); a restart of the program that reports it clears it',
  },
  {
    id: 'pool',
    about: 'a pool has few addresses left, or none',
    names: /^MetalLBAddressPool(?:Exhausted|Usage\d{1,3}Percent)$/,
    causes: [
      'pool-exhausted',
      'requested-pool-exhausted',
      'pool-nearly-full',
      'pool-without-addresses',
      'pinned-pool-spill',
      'address-outside-pools',
    ],
    otherwise:
      'the metric counts as the running controller does: it may not have taken in the last change of the pool yet',
  },
  {
    id: 'bgp',
    about: 'a BGP session is down',
    names: /^MetalLBBGPSessionDown$/,
    causes: [
      ...speakers,
      'speaker-frr-failing',
      ...announcing,
      'bgp-without-peer',
      'bgp-peer-unknown',
      'bgp-peer-not-dialled',
    ],
    otherwise:
      'the router, the AS numbers, the password, or the way between may be at fault: triage no-traffic NAMESPACE/SERVICE, ' +
      'for a Service announced by BGP, tells what the speakers and the sessions say of it',
  },
  {
    id: 'layer2',
    about: 'an address is not announced on the LAN',
    names: /^MetalLB\w*(?:Layer2|L2|Speaker|Announc|ARP|NDP|Gratuitous)\w*$/i,
    causes: [
      ...speakers,
      'memberlist-secret-missing',
      'memberlist-off',
      ...announcing,
      'addresses-of-two-pools',
      'status-not-an-address',
      'duplicate-address',
      'several-controllers',
    ],
    otherwise:
      'what happens on the wire is not looked at: triage no-traffic NAMESPACE/SERVICE follows the way of one address, and ' +
      'with --probe asks from a host of that LAN who answers for it',
  },
];

/** The look that an alert of this name asks for; undefined when nobody knows. */
export function leadOf(name: string): AlertLead | undefined {
  return alertLeads.find(({ names }) => names.test(name));
}
