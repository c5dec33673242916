import { cidrText, parseAddress, parseCidr, parseRange, valueOf } from '../facts/ip.ts';
import type { BGPAdvertisement, IPAddressPool, L2Advertisement } from '../facts/kube-objects.ts';
import type { FilePlace, ManifestProblem } from '../facts/validation.ts';
import { advertises } from '../metallb/configuration/advertisements.ts';
import { speakerRulesOf } from '../metallb/configuration/speaker-rules.ts';
import { selects } from '../metallb/selectors.ts';
import { inputOf, type Surroundings } from './manifest-problems.ts';
import { isJudgedWhole, refOf, type Manifest, type ManifestSet } from './manifest-set.ts';

type Warning = Pick<ManifestProblem, 'rule' | 'message' | 'advice' | 'place'> &
  Partial<Pick<ManifestProblem, 'severity' | 'refusedBy'>>;
type Advertisement = Manifest<L2Advertisement | BGPAdvertisement>;

/** What is only told because something else is not there. */
const ofAbsence: ReadonlySet<string> = new Set([
  'missing-secret',
  'nothing-automatic',
  'pool-unadvertised',
  'unknown-peer',
  'unknown-pool',
]);

/** What MetalLB accepts and nobody means; nothing is missed while it may stand in what could not be judged. */
export function manifestWarnings(
  set: ManifestSet,
  around: Surroundings,
): readonly ManifestProblem[] {
  const isWhole = set.files.every(isJudgedWhole);
  return warningsOf(set, around).filter(({ rule }) => isWhole || !ofAbsence.has(rule));
}

function warningsOf(set: ManifestSet, around: Surroundings): readonly ManifestProblem[] {
  const input = inputOf(set, around, 'frr');
  const advertisements: readonly Advertisement[] = [
    ...set.l2Advertisements,
    ...set.bgpAdvertisements,
  ];
  const all = [...input.l2Advertisements, ...input.bgpAdvertisements];
  const poolNames = new Set(input.pools.map(({ metadata }) => metadata.name));
  const peerNames = new Set(input.bgpPeers.map(({ metadata }) => metadata.name));
  return [
    ...set.pools.flatMap((pool) =>
      told(pool, [
        ...entryWarnings(pool, around.version),
        ...isolationLeak(pool, input.namespaces, around.cluster !== undefined),
        ...unadvertised(pool, all),
      ]),
    ),
    ...advertisements.flatMap((each) => told(each, unknownPools(each, poolNames))),
    ...set.bgpAdvertisements.flatMap((each) => told(each, unknownPeers(each, peerNames))),
    ...set.bgpPeers.flatMap((peer) =>
      told(peer, [...clearPassword(peer), ...awaitedSecret(peer, set)]),
    ),
    ...nothingAutomatic(set, input.pools),
  ];
}

function told({ object }: Manifest, warnings: readonly Warning[]): readonly ManifestProblem[] {
  return warnings.map((warning) => ({
    severity: 'warning',
    object: refOf(object),
    other: undefined,
    refusedBy: [],
    waitsFor: undefined,
    ...warning,
  }));
}

function entryWarnings(
  { object, document }: Manifest<IPAddressPool>,
  version: string,
): readonly Warning[] {
  const { refusesMixedRanges } = speakerRulesOf(version);
  return object.spec.addresses.flatMap((entry, index) => {
    const place = document.placeOf(['spec', 'addresses', index]);
    const cidr = entry.includes('-') ? undefined : parseCidr(entry);
    const written = cidr === undefined ? undefined : parseAddress(entry.split('/')[0] ?? '');
    if (cidr !== undefined && written !== undefined && valueOf(written) !== cidr.first) {
      const whole = cidrText(cidr);
      const message = `${entry} means all of ${whole}: MetalLB ignores the bits behind the prefix`;
      return [
        {
          rule: 'host-bits',
          place,
          message,
          advice: `write ${whole}, or a range or /32 if less is meant`,
        },
      ];
    }
    return entry.includes('-') && parseRange(entry).kind === 'mixed'
      ? [mixedRange(entry, place, refusesMixedRanges)]
      : [];
  });
}

function mixedRange(entry: string, place: FilePlace, isRefused: boolean): Warning {
  const what = `${entry} goes from one address family to the other`;
  const shared = { rule: 'mixed-range', place, advice: 'write one range per family' };
  return isRefused
    ? {
        ...shared,
        severity: 'error',
        refusedBy: ['webhook', 'controller', 'speaker'],
        message: `${what}: start and end IPs must be the same family`,
      }
    : { ...shared, message: `${what} and holds no address at all (v0.16.2 refuses it)` };
}

/** Only with all namespaces known: the selector may well match one that is not among the manifests. */
function isolationLeak(
  { object, document }: Manifest<IPAddressPool>,
  namespaces: readonly {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  }[],
  areKnown: boolean,
): readonly Warning[] {
  const allocation = object.spec.serviceAllocation;
  const selectors = allocation?.namespaceSelectors ?? [];
  const isEmpty =
    areKnown &&
    allocation?.namespaces.length === 0 &&
    selectors.length > 0 &&
    !namespaces.some(({ metadata }) =>
      selectors.some((selector) => selects(selector, metadata.labels)),
    );
  return isEmpty
    ? [
        {
          rule: 'no-namespace-selected',
          place: document.placeOf(['spec', 'serviceAllocation', 'namespaceSelectors']),
          message:
            'namespaceSelectors selects no namespace, and no namespace means every namespace: any Service may ask for this pool',
          advice: 'label the namespace, or name it under namespaces',
        },
      ]
    : [];
}

function unadvertised(
  { object, document }: Manifest<IPAddressPool>,
  advertisements: readonly (L2Advertisement | BGPAdvertisement)[],
): readonly Warning[] {
  return advertisements.some((each) => advertises(each, object))
    ? []
    : [
        {
          rule: 'pool-unadvertised',
          place: document.placeOf(['metadata', 'name']),
          message: `no L2Advertisement and no BGPAdvertisement selects pool ${object.metadata.name}: its addresses are given and nobody answers for them`,
          advice:
            'add an advertisement for it, or judge it together with the one it has elsewhere (--with cluster)',
        },
      ];
}

function unknownPools(
  { object, document }: Advertisement,
  names: ReadonlySet<string>,
): readonly Warning[] {
  return object.spec.ipAddressPools.flatMap((name, index) =>
    names.has(name)
      ? []
      : [
          {
            rule: 'unknown-pool',
            place: document.placeOf(['spec', 'ipAddressPools', index]),
            message: `there is no IPAddressPool ${name}; MetalLB says nothing about it`,
            advice: 'correct the name, or add the pool',
          },
        ],
  );
}

function unknownPeers(
  { object, document }: Manifest<BGPAdvertisement>,
  names: ReadonlySet<string>,
): readonly Warning[] {
  return object.spec.peers.flatMap((name, index) =>
    names.has(name)
      ? []
      : [
          {
            rule: 'unknown-peer',
            place: document.placeOf(['spec', 'peers', index]),
            message: `there is no BGPPeer ${name}, so nothing is announced to it`,
            advice: 'correct the name, or add the peer',
          },
        ],
  );
}

function clearPassword({ object, document }: ManifestSet['bgpPeers'][number]): readonly Warning[] {
  return object.spec.hasPassword
    ? [
        {
          rule: 'password-in-clear',
          place: document.placeOf(['spec', 'password']),
          message: 'the password stands in the manifest for everybody to read',
          advice: 'put it into a Secret and name that in passwordSecret',
        },
      ]
    : [];
}

function awaitedSecret(
  { object, document }: ManifestSet['bgpPeers'][number],
  { secrets }: ManifestSet,
): readonly Warning[] {
  const name = object.spec.passwordSecret;
  return name === undefined || secrets.has(name)
    ? []
    : [
        {
          rule: 'missing-secret',
          place: document.placeOf(['spec', 'passwordSecret']),
          message: `waits for Secret ${object.metadata.namespace}/${name}, which is not among the manifests: until it is there, speakers refuse their whole configuration`,
          advice:
            'see to it that the Secret is there first (type kubernetes.io/basic-auth, key password)',
        },
      ];
}

function nothingAutomatic(
  { pools }: ManifestSet,
  everywhere: readonly IPAddressPool[],
): readonly ManifestProblem[] {
  const [first] = pools;
  return first === undefined || everywhere.some(({ spec }) => spec.autoAssign !== false)
    ? []
    : told(first, [
        {
          rule: 'nothing-automatic',
          place: first.document.placeOf(['spec', 'autoAssign']),
          message:
            'autoAssign is false in every pool: a Service that asks for no pool or address stays pending',
          advice: 'leave autoAssign on in one pool, unless every Service asks',
        },
      ]);
}
