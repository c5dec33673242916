/** What may stand at a place of an object: fields of a map, entries of a list, texts by key, or whatever it be. */
export interface Shape {
  readonly fields?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  /** A map from any key to texts, as labels are. */
  readonly holdsTexts?: true;
  /** Text, where anything else is refused. */
  readonly isText?: true;
}

const any: Shape = {};
const text: Shape = { isText: true };
const texts: Shape = { holdsTexts: true };
const textList: Shape = { items: text };

function map(names: string, more: Readonly<Record<string, Shape>> = {}): Shape {
  const plain = names.split(' ').filter((name) => name !== '');
  return { fields: { ...Object.fromEntries(plain.map((name) => [name, any])), ...more } };
}

const selectors: Shape = {
  items: map('', {
    matchLabels: texts,
    matchExpressions: { items: map('key operator values') },
  }),
};

const metadata = map(
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers generation resourceVersion selfLink uid',
  {
    name: text,
    generateName: text,
    namespace: text,
    labels: texts,
    annotations: texts,
    ownerReferences: { items: map('apiVersion kind name uid controller blockOwnerDeletion') },
    managedFields: {
      items: map('manager operation apiVersion time fieldsType fieldsV1 subresource'),
    },
  },
);

const advertised = {
  ipAddressPools: textList,
  ipAddressPoolSelectors: selectors,
  nodeSelectors: selectors,
  serviceSelectors: selectors,
};

const peerFields =
  'myASN peerASN peerAddress sourceAddress peerPort holdTime keepaliveTime routerID password bfdProfile ebgpMultiHop';

/** `spec`, by kind. */
const specs: ReadonlyMap<string, Shape> = new Map([
  [
    'IPAddressPool',
    map('autoAssign avoidBuggyIPs', {
      addresses: textList,
      serviceAllocation: map('priority', {
        namespaces: textList,
        namespaceSelectors: selectors,
        serviceSelectors: selectors,
      }),
    }),
  ],
  [
    'L2Advertisement',
    map('', {
      ...advertised,
      interfaces: textList,
      preferredNodeSelectors: {
        items: map('weight', { preference: selectors.items ?? any }),
      },
    }),
  ],
  [
    'BGPAdvertisement',
    map('aggregationLength aggregationLengthV6 localPref asPathPrepend', {
      ...advertised,
      communities: textList,
      peers: textList,
    }),
  ],
  [
    'BGPPeer',
    map(
      `${peerFields} dynamicASN localASN interface connectTime enableGracefulRestart vrf disableMP dualStackAddressFamily`,
      { nodeSelectors: selectors, passwordSecret: map('name namespace') },
    ),
  ],
  ['BGPPeer v1beta1', map(peerFields, { nodeSelectors: selectors })],
  [
    'BFDProfile',
    map(
      'receiveInterval transmitInterval detectMultiplier echoInterval echoMode passiveMode minimumTtl',
    ),
  ],
  ['Community', map('', { communities: { items: map('name value') } })],
]);

/** What an object of this kind may hold from its top down; `spec` of a kind that is not known may hold anything. */
export function shapeOf(kind: string, version: string): Shape {
  return map('apiVersion kind status', {
    metadata,
    spec: specs.get(`${kind} ${version}`) ?? specs.get(kind) ?? any,
  });
}

/** The shape of the newest version where an older one is asked for that lacks some fields. */
export function newerShapeOf(kind: string, version: string): Shape | undefined {
  return specs.has(`${kind} ${version}`) ? shapeOf(kind, '') : undefined;
}
