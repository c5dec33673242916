import { anAnswer, anAttempt, aLook, macs } from '../builders/a-look.ts';
import { aService } from '../builders/a-service.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aPool, aSlice, home, named } from '../builders/some-objects.ts';
import type { ServiceL2Status } from '../../src/core/facts/kube-objects.ts';
import type { PortAttempt, WireAnswer, WireLook } from '../../src/core/facts/wire.ts';
import type { CheckCase } from './case.ts';

const address = '10.4.11.10';
const subject = 'shop/search';
const endpoint = { addresses: ['10.244.1.7'], nodeName: 'n1', ready: true, serving: true };
const cluster = aSnapshot()
  .withPool(aPool('lan', '10.4.11.10-10.4.11.19'))
  .withService(aService(subject, { ip: address }))
  .withSlice(aSlice(subject, [endpoint]));

/** Whom MetalLB elects for `10.4.11.10` among n1, n2 and n3. */
const elected = 'n2';
const own = macs[elected];
const open = anAttempt(80, 'open');

const seeing = (...looks: readonly WireLook[]) => cluster.withSnapshot({ wire: looks });
const answered = (...answers: readonly WireAnswer[]) => seeing(aLook(address, { answers }));
const tried = (...ports: readonly PortAttempt[]) =>
  seeing(aLook(address, { answers: [anAnswer(own)], ports }));
const announcedBy = (node: string): ServiceL2Status => ({
  kind: 'ServiceL2Status',
  metadata: named(`l2-${node}`, { namespace: home }),
  status: { node, serviceName: 'search', serviceNamespace: 'shop', interfaces: [] },
});
const fromNode = {
  host: 'n1',
  node: 'n1',
  interface: 'eth0',
  mac: macs.n1,
  addresses: ['10.0.0.1/24'],
};
const well = answered(anAnswer(own));
const unstrict = {
  kind: 'ConfigMap' as const,
  metadata: named('kube-proxy', { namespace: 'kube-system' }),
  data: { 'config.conf': 'kind: KubeProxyConfiguration\nipvs:\n  strictARP: false\nmode: ipvs\n' },
};

const byRules = { ...unstrict, data: { 'config.conf': 'ipvs:\n  strictARP: false\nmode: ""\n' } };
const allAnswer = answered(anAnswer(macs.n1), anAnswer(macs.n2), anAnswer(macs.n3));

/** What a look at the wire shows: a sick cluster and its healthy twin. */
export const wireCases: readonly CheckCase[] = [
  {
    check: 'MLB-W01',
    title: 'nobody answers, and the elected node is in the segment',
    sick: answered(),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W01',
    title: 'the elected node does not answer for its own address either',
    sick: seeing(aLook(address, { neighbours: [{ address: '10.0.0.1', mac: macs.n1 }] })),
    healthy: seeing(aLook(address, { from: { ...fromNode, node: elected } })),
    subject,
  },
  {
    check: 'MLB-W01',
    title: 'somebody answers at one place and nobody at another',
    sick: seeing(
      aLook(address, { from: { ...fromNode, interface: 'eth1' }, answers: [anAnswer(own)] }),
      aLook(address),
    ),
    healthy: seeing(aLook(address, { neighbours: [] })),
    subject,
  },
  {
    check: 'MLB-W01',
    title: 'the kernel found nobody, where it knows nodes',
    sick: seeing(
      aLook(address, { method: 'neighbours', asked: 0, ports: [anAttempt(80, 'unreachable')] }),
    ),
    healthy: seeing(aLook(address, { method: 'neighbours', asked: 0, ports: [open] })),
    subject,
  },
  {
    check: 'MLB-W01',
    title: 'nobody answers a node that heard another one',
    sick: seeing(
      aLook(address, { from: fromNode, neighbours: [{ address: '10.0.0.3', mac: macs.n3 }] }),
    ),
    healthy: seeing(aLook(address, { from: fromNode, neighbours: [] })),
    subject,
  },
  {
    check: 'MLB-W01',
    title: 'announced unasked, and no question answered',
    sick: answered(anAnswer(own, { unasked: true, count: 1 })),
    healthy: answered(anAnswer(own, { unasked: true }), anAnswer(own)),
    subject,
  },
  {
    check: 'MLB-W02',
    title: 'a stranger answers alone',
    sick: answered(anAnswer(macs.stranger)),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W02',
    title: 'a router of a VRRP group answers beside the elected node',
    sick: answered(anAnswer(own), anAnswer('00:00:5E:00:01:33', { sentBy: macs.stranger })),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W02',
    title: 'a stranger, while one node was not seen: a warning',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(macs.stranger)],
        neighbours: [{ address: '10.0.0.2', mac: own }],
      }),
    ),
    healthy: seeing(
      aLook(address, {
        answers: [anAnswer(macs.stranger)],
        neighbours: [{ address: '10.0.0.1', mac: macs.n1 }],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-W02',
    title: 'an unknown card answers beside the elected node: a warning',
    sick: answered(anAnswer(own), anAnswer('02:00:00:00:00:a2')),
    healthy: seeing(
      aLook(address, {
        answers: [anAnswer(own), anAnswer('02:00:00:00:00:a2')],
        neighbours: [
          ...aLook(address).neighbours,
          { address: '10.0.0.2', mac: '02:00:00:00:00:a2' },
        ],
      }),
    ),
    subject,
  },
  {
    check: 'MLB-W02',
    title: 'an unknown card answers beside the elected node, and connections fail',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(own), anAnswer(macs.stranger)],
        ports: [anAttempt(80, 'refused')],
      }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'two speakers that do not hear each other',
    sick: answered(anAnswer(macs.n1), anAnswer(own)).with(
      'serviceL2Statuses',
      announcedBy('n1'),
      announcedBy(elected),
    ),
    healthy: answered(anAnswer(macs.n1, { lastMs: 10 }), anAnswer(own, { firstMs: 200 })),
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'a kernel answers beside the speaker',
    sick: answered(anAnswer(macs.n1), anAnswer(own)).with(
      'serviceL2Statuses',
      announcedBy(elected),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'all nodes answer, and connections come about',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(macs.n1), anAnswer(macs.n2), anAnswer(macs.n3)],
        ports: [open],
      }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'all nodes answer, and kube-proxy does not work with ipvs',
    sick: allAnswer.with('configMaps', byRules),
    healthy: well.with('configMaps', byRules),
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'all nodes answer, and two speakers say that they announce it',
    sick: allAnswer.with('serviceL2Statuses', announcedBy('n1'), announcedBy('n2')),
    healthy: well.with('serviceL2Statuses', announcedBy('n2')),
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'both known nodes answer under ipvs without strictARP',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(macs.n1), anAnswer(own)],
        neighbours: [
          { address: '10.0.0.1', mac: macs.n1 },
          { address: '10.0.0.2', mac: own },
        ],
      }),
    ).with('configMaps', unstrict),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W03',
    title: 'one node answers with two cards',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(own), anAnswer('02:00:00:00:01:03')],
        neighbours: [
          { address: '10.0.0.2', mac: own },
          { address: '10.0.0.2', mac: '02:00:00:00:01:03' },
        ],
      }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W04',
    title: 'another node answers, and no connection comes about',
    sick: seeing(
      aLook(address, { answers: [anAnswer(macs.n3)], ports: [anAttempt(80, 'timeout')] }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W04',
    title: 'a node answers that works, though none is elected',
    sick: seeing(aLook(address, { answers: [anAnswer(macs.n3)], ports: [open] })).with(
      'endpointSlices',
    ),
    healthy: seeing(
      aLook(address, { answers: [anAnswer(macs.n3)], from: { ...fromNode, node: elected } }),
    ),
    subject,
  },
  {
    check: 'MLB-W05',
    title: 'refused on one port and silent on another',
    sick: tried(
      anAttempt(80, 'refused', { says: 'ECONNREFUSED' }),
      anAttempt(443, 'timeout', { ms: 3_000 }),
    ),
    healthy: tried(open, anAttempt(53, 'timeout', { protocol: 'UDP' })),
    subject,
  },
  {
    check: 'MLB-W05',
    title: 'nothing comes back where no node answers for itself either: not their segment',
    sick: seeing(aLook(address, { neighbours: [], ports: [anAttempt(80, 'timeout')] })),
    healthy: tried(open),
    subject,
  },
  {
    check: 'MLB-W05',
    title: 'of two looks from one place the newer one counts',
    sick: seeing(
      aLook(address, { at: '2026-03-13T03:12:30Z', answers: [anAnswer(own)], ports: [open] }),
      aLook(address, { answers: [anAnswer(own)], ports: [anAttempt(80, 'refused')] }),
    ),
    healthy: seeing(
      aLook(address, { answers: [anAnswer(own)], ports: [open] }),
      aLook(address, { at: '2026-03-13T03:12:30Z', ports: [anAttempt(80, 'refused')] }),
    ),
    subject,
  },
  {
    check: 'MLB-W05',
    title: 'not to be reached from behind a router, and cut from a node',
    sick: seeing(
      aLook(address, {
        reach: { kind: 'routed', gateway: '10.9.0.1' },
        asked: 0,
        ports: [anAttempt(80, 'unreachable', { says: 'EHOSTUNREACH' })],
      }),
      aLook(address, { from: fromNode, ports: [anAttempt(80, 'reset'), open] }),
    ),
    healthy: tried(open),
    subject,
  },
  {
    check: 'MLB-W06',
    title: 'the application answers with an error',
    sick: tried(open, anAttempt(80, 'open', { protocol: 'HTTP', says: 'HTTP 503' })),
    healthy: tried(open, anAttempt(80, 'open', { protocol: 'HTTP', says: 'HTTP 404' })),
    subject,
  },
  {
    check: 'MLB-W06',
    title: 'the connection stands and the request hangs',
    sick: tried(open, anAttempt(80, 'timeout', { protocol: 'HTTP' })),
    healthy: tried(open, anAttempt(443, 'timeout', { protocol: 'HTTPS' })),
    subject,
  },
  {
    check: 'MLB-W07',
    title: 'only the neighbour table could be read',
    sick: seeing(
      aLook(address, {
        method: 'neighbours',
        asked: 0,
        unseen: ['without CAP_NET_RAW nobody could be asked'],
      }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W07',
    title: 'looked at from behind a router',
    sick: seeing(aLook(address, { asked: 0, reach: { kind: 'routed', gateway: '10.9.0.1' } })),
    healthy: seeing(
      aLook(address, { asked: 0, reach: { kind: 'routed', gateway: '10.9.0.1' } }),
      aLook(address, { answers: [anAnswer(own)] }),
    ),
    subject,
  },
  {
    check: 'MLB-W07',
    title: 'somebody answers for all nodes',
    sick: seeing(
      aLook(address, {
        answers: [anAnswer(macs.stranger)],
        neighbours: ['10.0.0.1', '10.0.0.2'].map((each) => ({ address: each, mac: macs.stranger })),
      }),
    ),
    healthy: well,
    subject,
  },
  {
    check: 'MLB-W07',
    title: 'looked at from a node',
    sick: seeing(aLook(address, { from: fromNode, answers: [anAnswer(own)] })),
    healthy: well,
    subject,
  },
];
