import { Exit } from '../../../src/core/facts/exit.ts';
import { evidence } from '../../../src/core/facts/evidence.ts';
import type { Diagnosis, RootCause } from '../../../src/core/facts/finding.ts';
import type { Report } from '../../../src/core/facts/report.ts';
import { reportSchemaVersion } from '../../../src/core/facts/report.ts';
import type { Canvas } from '../../../src/core/report/style.ts';

export const takenAt = '2026-11-21T03:12:00Z';
export const checkout = { kind: 'Service', namespace: 'shop', name: 'checkout' };

export const terminal: Canvas = {
  width: 80,
  colour: false,
  unicode: true,
  verbose: false,
  wide: false,
  program: 'triage',
};

export const failedEvent = evidence(
  {
    kind: 'event',
    of: checkout,
    reason: 'AllocationFailed',
    message: 'no available IPs',
    at: '2026-11-21T03:10:00Z',
    count: 3,
  },
  'MetalLB said: no available IPs',
);

export const poolField = evidence(
  {
    kind: 'field',
    of: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
    path: 'spec.addresses',
    value: '10.4.11.10-10.4.11.19',
  },
  'the pool holds 10 addresses',
);

export const poolExhausted: RootCause = {
  cause: 'pool-exhausted',
  check: 'MLB-A02',
  severity: 'error',
  confidence: 0.97,
  about: { kind: 'IPAddressPool', namespace: 'metallb-system', name: 'lan' },
  says: 'shop/checkout is pending: the only pool it may use is full',
  details: [
    'lan  10.4.11.10-10.4.11.19   10 of 10 taken, the last 12 min ago by shop/search',
    'dmz  192.0.2.8/29            6 free, but not for this Service: autoAssign is false',
  ],
  explains: [checkout],
  because: [failedEvent.id, poolField.id],
  wouldChangeMyMind: ['a free address in lan'],
  remedies: [
    {
      says: 'free one: shop/old-api holds 10.4.11.12 and has had no endpoints for 41 days',
      mutates: false,
    },
    {
      says: 'use the pool dmz',
      command: 'kubectl -n shop annotate svc checkout metallb.io/address-pool=dmz',
      mutates: true,
    },
  ],
};

export const pendingDiagnosis: Diagnosis = {
  symptom: 'pending',
  subject: checkout,
  outcome: 'problem',
  headline: 'shop/checkout is pending: the only pool it may use is full',
  rootCauses: [poolExhausted],
  knownBugs: [],
  suppressed: [],
  ruledOut: [{ cause: 'no-pool', check: 'MLB-A01' }],
  unknowns: [],
  verdicts: [
    { check: 'MLB-A01', asks: 'Is there a pool?', verdict: 'pass' },
    { check: 'MLB-A02', asks: 'Is an address free?', verdict: 'fail', findings: [] },
    { check: 'MLB-I01', asks: 'Does the controller run?', verdict: 'skipped', why: 'not asked' },
  ],
  evidence: { [failedEvent.id]: failedEvent, [poolField.id]: poolField },
  scope: undefined,
  pools: [],
  next: ['triage explain pool-exhausted'],
};

/** A report about `diagnosis` as everybody else's parts would make it. */
export function reportWith(
  diagnosis: Partial<Diagnosis> = {},
  parts: Partial<Report> = {},
): Report {
  const whole = { ...pendingDiagnosis, ...diagnosis };
  return {
    schemaVersion: reportSchemaVersion,
    tool: { name: 'triage', version: '0.1.0' },
    command: whole.symptom,
    target: {
      context: 'homelab',
      server: '10.0.0.5:6443',
      namespace: 'default',
      identity: 'oncall',
    },
    takenAt,
    kubernetes: 'v1.34.1',
    installation: {
      namespace: 'metallb-system',
      controllerVersion: 'v0.15.3',
      speakerVersion: 'v0.15.3',
      ignoresExcludeLabel: false,
      foundBy: ['image quay.io/metallb/controller:v0.15.3'],
    },
    programs: [
      { name: 'controller', version: 'v0.15.3', ready: 1, desired: 1, restarts: 0 },
      { name: 'speaker', version: 'v0.15.3', ready: 2, desired: 3, restarts: 7 },
    ],
    result: whole.outcome,
    exitCode: Exit.problem,
    diagnosis: whole,
    receipt: { calls: 11, lists: 9, logs: 2, bytes: 214_000, ms: 412 },
    notices: [],
    interrupted: false,
    ...parts,
  };
}

export const healthDiagnosis: Partial<Diagnosis> = {
  symptom: 'health',
  subject: undefined,
  headline: '3 Services are pending, all of pool lan',
  rootCauses: [
    {
      ...poolExhausted,
      says: 'pool lan is full',
      explains: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ ...checkout, name })),
    },
  ],
  scope: {
    reach: 'pool',
    pools: ['lan'],
    services: [checkout],
    says: 'one pool: lan (6 Services)',
  },
  pools: [
    {
      name: 'lan',
      addresses: ['10.4.11.10-10.4.11.19'],
      usable: '10',
      taken: '10',
      free: '0',
      autoAssign: true,
      advertisedBy: ['l2/lan'],
    },
    {
      name: 'dmz',
      addresses: ['192.0.2.8/29'],
      usable: '6',
      taken: '0',
      free: '6',
      autoAssign: false,
      advertisedBy: [],
    },
  ],
};
