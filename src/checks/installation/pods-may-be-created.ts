import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Namespace } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../core/facts/reading.ts';
import {
  controllerOf,
  type Program,
  speakerOf,
  type WorkloadFacts,
} from '../models/programs/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { permitRemedies } from '../models/programs/permit-remedies.ts';
import { type RefusedPods, refusedPods, type Refuser } from '../models/programs/refused-pods.ts';
import { seenField } from '../models/seen.ts';
import { serves } from '../models/programs/troubled-pods.ts';

/** The API server can refuse a pod for reasons that are none of MetalLB's: policy, quota, a namespace that ends. */
export const podsMayBeCreated = defineCheck({
  id: 'MLB-I30',
  asks: `May MetalLB's pods be created?`,
  symptoms: ['pending', 'health'],
  causes: [
    'namespace-terminating',
    'pods-blocked-by-quota',
    'pods-blocked-by-admission',
    'pods-blocked-by-pod-security',
    'pods-blocked-by-scc',
  ],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events', 'namespaces'],
  basis: 'observed',
  alsoNeeds: (facts, subject) => {
    const programs = programsIn(facts, subject);
    if (programs.some((program) => refusalOf(program, facts) !== undefined)) {
      return [];
    }
    return [
      'deployments' as const,
      ...(subject === undefined ? (['daemonSets'] as const) : []),
      ...(programs.some(lacksPods) ? (['events'] as const) : []),
    ];
  },
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const refused = programsIn(facts, subject).flatMap((program) => {
      const found = refusalOf(program, facts);
      return found === undefined ? [] : [found];
    });
    return refused.map((each) => findingOf(each, facts.takenAt, subject));
  },
});

/** A pending Service only depends on the controller. */
function programsIn(facts: WorkloadFacts, subject: Subject): readonly Program[] {
  return [controllerOf(facts), ...(subject === undefined ? [speakerOf(facts)] : [])].filter(
    (each) => each !== undefined,
  );
}

function lacksPods({ workload, pods }: Program): boolean {
  return (workload?.status.desired ?? 0) > pods.length;
}

function refusalOf(
  program: Program,
  facts: Facts<never, 'events' | 'namespaces'>,
): RefusedPods | undefined {
  return refusedPods(program, facts) ?? byLabels(program, facts.namespaces);
}

/** Without events, the level a namespace enforces still says why a pod on the host's network is missing. */
function byLabels(program: Program, namespaces: Reading<Namespace>): RefusedPods | undefined {
  const { workload, pods, namespace } = program;
  const home = itemsIfRead(namespaces).find(({ metadata }) => metadata.name === namespace);
  const about = { kind: 'Namespace', name: namespace };
  const missing = workload?.status.desired ?? 0;
  if (home === undefined || pods.length > 0 || missing === 0) {
    return undefined;
  }
  if (home.metadata.deletionTimestamp !== undefined || home.status.phase === 'Terminating') {
    const evidence = seenField(about, 'status.phase', 'Terminating');
    return { program, refuser: { kind: 'terminating' }, message: '', evidence, missing };
  }
  const label = 'pod-security.kubernetes.io/enforce';
  const level = new Map(Object.entries(home.metadata.labels)).get(label);
  return program.name === 'speaker' && (level === 'baseline' || level === 'restricted')
    ? {
        program,
        refuser: { kind: 'pod-security', level },
        message: '',
        evidence: seenField(about, `metadata.labels[${label}]`, level),
        missing,
      }
    : undefined;
}

function findingOf(refused: RefusedPods, now: string, subject: Subject): Found {
  const { program, refuser, message, evidence, missing } = refused;
  const { workload, namespace, handle, name } = program;
  return {
    cause: causes[refuser.kind],
    severity: serves(program, now) ? 'warning' : 'error',
    // One policy of the namespace strikes both programs, and is one trouble.
    about: { kind: 'Namespace', name: namespace },
    affects: name === 'controller' ? everyoneOr(subject) : [],
    says: `the pods of MetalLB's ${name} are not created: ${reasonIn(refuser, namespace)}`,
    details: [
      `${handle} in ${namespace} lacks ${missing} of ${workload?.status.desired ?? missing} pods`,
      ...(message === '' ? [] : [message]),
    ],
    because: [evidence],
    suggests: permitRemedies(refused),
  };
}

const causes: Readonly<Record<Refuser['kind'], string>> = {
  'pod-security': 'pods-blocked-by-pod-security',
  scc: 'pods-blocked-by-scc',
  quota: 'pods-blocked-by-quota',
  admission: 'pods-blocked-by-admission',
  terminating: 'namespace-terminating',
};

function reasonIn(refuser: Refuser, namespace: string): string {
  switch (refuser.kind) {
    case 'pod-security':
      return `namespace ${namespace} enforces Pod Security ${refuser.level ?? 'below privileged'}`;
    case 'scc':
      return `no security context constraint of OpenShift allows them`;
    case 'quota':
      return `they exceed the quota ${refuser.quota ?? `of namespace ${namespace}`}`;
    case 'terminating':
      return `namespace ${namespace} is being deleted`;
    case 'admission':
      return `${refuser.by} refuses them`;
  }
}
