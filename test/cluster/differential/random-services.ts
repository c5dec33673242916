import fc from 'fast-check';
import type { RawObject } from '../../core/metallb/vector-objects.ts';
import type { ObjectName, Tweak, Write } from './operations.ts';
import {
  address,
  addressText,
  annotations,
  familiesFor,
  poolName,
  prefix,
} from './random-requests.ts';

/** Few Services, so that they meet: each name is in one namespace. */
const keys = [
  ['team-a', 'api'],
  ['team-a', 'web'],
  ['team-a', 'dns'],
  ['team-b', 'shop'],
  ['team-b', 'mail'],
] as const;

const key = fc.constantFrom(...keys);

const families = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4'] }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Record<string, unknown>>(
      { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv6'] },
      { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4', 'IPv6'] },
      { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv6', 'IPv4'] },
      { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'] },
      { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv6', 'IPv4'] },
    ),
  },
);

const tcp = (port: number): object => ({ name: `tcp-${port}`, protocol: 'TCP', port });
const udp = (port: number): object => ({ name: `udp-${port}`, protocol: 'UDP', port });
const ports = fc.constantFrom([tcp(80)], [tcp(80), tcp(443)], [tcp(443)], [tcp(53)], [udp(53)]);

const kindOfService = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Record<string, unknown>>({ type: 'LoadBalancer' }) },
  {
    weight: 3,
    arbitrary: fc.constant({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { type: 'ClusterIP' },
      { type: 'NodePort' },
      { type: 'LoadBalancer', loadBalancerClass: 'example.com/other' },
    ),
  },
);
const selector = fc.constantFrom(undefined, { app: 'a' }, { app: 'a' }, { app: 'b', tier: 'x' });
const labels = fc.constantFrom<Record<string, string>>({}, {}, { tier: 'edge' }, { tier: 'inner' });

/** A Service somebody may write. */
const anyService: fc.Arbitrary<RawObject> = fc
  .record({
    key,
    annotations,
    labels,
    kind: kindOfService,
    families,
    fits: fc.constantFrom(true, true, true, false),
    ports,
    selector,
    requested: fc.oneof(
      { weight: 14, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: address },
      { weight: 1, arbitrary: fc.constant('no-address') },
    ),
  })
  .map((drawn) => ({
    kind: 'Service',
    metadata: {
      namespace: drawn.key[0],
      name: drawn.key[1],
      labels: drawn.labels,
      annotations: drawn.annotations,
    },
    spec: {
      ...drawn.kind,
      ...(drawn.fits ? familiesFor(drawn.annotations, drawn.families) : drawn.families),
      ports: drawn.ports,
      ...(drawn.selector === undefined ? {} : { selector: drawn.selector }),
      ...(drawn.requested === undefined || drawn.kind['type'] !== 'LoadBalancer'
        ? {}
        : { loadBalancerIP: drawn.requested }),
    },
  }));

/** Asks for nothing, so that MetalLB chooses. */
const plainService: fc.Arbitrary<RawObject> = fc
  .record({ base: anyService, families, ports })
  .map(({ base, families: policy, ports: some }) => ({
    ...base,
    metadata: { ...base.metadata, annotations: {} },
    spec: { type: 'LoadBalancer', ports: some, ...policy },
  }));

const sharingService: fc.Arbitrary<RawObject> = fc
  .record({
    base: anyService,
    sharingKey: fc.constantFrom('k1', 'k1', 'k1', 'k2'),
    port: fc.constantFrom(tcp(80), tcp(443), tcp(53), udp(53), udp(80)),
    externalTrafficPolicy: fc.constantFrom('Cluster', 'Local'),
    selector,
    families,
  })
  .map(({ base, sharingKey, port, families: policy, ...rest }) => ({
    ...base,
    metadata: { ...base.metadata, annotations: { 'metallb.io/allow-shared-ip': sharingKey } },
    spec: withoutUndefined({ type: 'LoadBalancer', ports: [port], ...policy, ...rest }),
  }));

const annotationTweak = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<Tweak> =>
  fc
    .tuple(prefix, fc.option(value, { nil: undefined, freq: 2 }))
    .map(([start, text]) => ({ annotations: { [start + name]: text } }));

const tweak: fc.Arbitrary<Tweak> = fc.oneof(
  annotationTweak('address-pool', poolName),
  annotationTweak('loadBalancerIPs', addressText),
  annotationTweak('allow-shared-ip', fc.constantFrom('k1', 'k2')),
  labels.map((some) => ({ labels: { tier: some['tier'] } })),
  ports.map((some) => ({ spec: { ports: some } })),
  fc
    .constantFrom('Cluster', 'Local')
    .map((externalTrafficPolicy) => ({ spec: { externalTrafficPolicy } })),
  families.map((spec) => ({ spec })),
  fc.constantFrom<Tweak>(
    { spec: { type: 'LoadBalancer' } },
    {
      spec: {
        type: 'ClusterIP',
        externalTrafficPolicy: undefined,
        allocateLoadBalancerNodePorts: undefined,
        healthCheckNodePort: undefined,
        loadBalancerClass: undefined,
        loadBalancerIP: undefined,
      },
    },
  ),
  fc.constantFrom('1', '2').map((touched) => ({ annotations: { touched } })),
);

const nameOf = ([namespace, name]: (typeof keys)[number]): ObjectName => ({
  kind: 'Service',
  namespace,
  name,
});

/** What somebody may do to Services of a kind. */
export interface RandomServices {
  readonly service: fc.Arbitrary<RawObject>;
  readonly write: fc.Arbitrary<Write>;
}

/** Services of every kind, such as leave the choice to MetalLB, or such as are made to share addresses. */
export const randomServices: Readonly<Record<'any' | 'plain' | 'sharing', RandomServices>> = {
  any: { service: anyService, write: writeOf(anyService) },
  plain: { service: plainService, write: writeOf(plainService) },
  sharing: { service: sharingService, write: writeOf(sharingService) },
};

function writeOf(service: fc.Arbitrary<RawObject>): fc.Arbitrary<Write> {
  return fc.oneof(
    { weight: 6, arbitrary: service.map((object) => ({ kind: 'put' as const, object })) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(key, tweak)
        .map(([drawn, change]) => ({ kind: 'tweak' as const, object: nameOf(drawn), change })),
    },
    {
      weight: 2,
      arbitrary: key.map((drawn) => ({ kind: 'delete' as const, object: nameOf(drawn) })),
    },
  );
}

function withoutUndefined(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
}

/** Addresses an earlier controller may have left in a Service's status. */
export const leftStatus: fc.Arbitrary<Record<string, unknown> | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc
      .array(address, { minLength: 1, maxLength: 2 })
      .map((ips) => ({ loadBalancer: { ingress: ips.map((ip) => ({ ip })) } })),
  },
);
