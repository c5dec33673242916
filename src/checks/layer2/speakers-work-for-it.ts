import type { Finding } from '../../core/facts/finding.ts';
import { frrComesUp } from '../installation/frr-comes-up.ts';
import { podsMayBeCreated } from '../installation/pods-may-be-created.ts';
import { speakerImageIsPulled } from '../installation/speaker-image-is-pulled.ts';
import { speakersAreReady } from '../installation/speakers-are-ready.ts';
import { speakersAreScheduled } from '../installation/speakers-are-scheduled.ts';
import { speakersCoverTheNodes } from '../installation/speakers-cover-the-nodes.ts';
import { speakersExist } from '../installation/speakers-exist.ts';
import { speakersFindTheirPorts } from '../installation/speakers-find-their-ports.ts';
import { speakersHaveTheirRights } from '../installation/speakers-have-their-rights.ts';
import { speakersHaveTheirSecret } from '../installation/speakers-have-their-secret.ts';
import { speakersKeepRunning } from '../installation/speakers-keep-running.ts';
import { speakersReachTheAPIServer } from '../installation/speakers-reach-the-api-server.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Pod, Service } from '../../core/facts/kube-objects.ts';
import type { AnnouncingFacts } from '../models/announcing/speakers-at-work.ts';
import { isSilent, speakerOn } from '../models/announcing/speaker-on.ts';
import { placementLines } from '../models/programs/placement.ts';
import { troubleOf } from '../models/programs/pod-trouble.ts';
import { type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { surelyStanding } from '../models/announcing/standing.ts';
import { borrowed, type BorrowedFacts } from '../models/announcing/borrowed.ts';
import { type Layer2Scene, layer2Scene } from '../models/layer2/scene.ts';
import { nodesText } from '../models/layer2/told.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

const causes = [
  'speaker-absent',
  'speaker-crash-looping',
  'speaker-not-ready',
  'speaker-image-pull-failing',
  'speaker-without-permission',
  'speaker-port-taken',
  'memberlist-secret-missing',
  'speaker-not-scheduled',
  'speaker-missing-on-nodes',
  'speaker-frr-failing',
  'api-server-unreachable',
  'pods-blocked-by-quota',
  'pods-blocked-by-admission',
  'pods-blocked-by-pod-security',
  'pods-blocked-by-scc',
] as const;

/** Speakers stand in for one another: one that is out only matters to a Service that no other may announce. */
export const speakersWorkForIt = borrowed({
  id: 'MLB-L09',
  asks: 'Does a speaker work on a node that may announce the address?',
  link: 'announced',
  from: [
    speakersExist,
    speakersHaveTheirSecret,
    speakersHaveTheirRights,
    speakersFindTheirPorts,
    speakersReachTheAPIServer,
    podsMayBeCreated,
    speakerImageIsPulled,
    frrComesUp,
    speakersAreScheduled,
    speakersCoverTheNodes,
    speakersKeepRunning,
    speakersAreReady,
  ],
  causes,
  ownCauses: ['no-speaker-where-advertised', 'speakers-nodes-silent'],
  skipWhen: noServedAddress,
  settle: (findings, facts, subject) => {
    const scene = layer2Scene(subject, facts);
    const eligible = scene === undefined ? [] : eligibleIn(scene);
    const working = eligible.filter((node) => worksOn(node, facts));
    if (scene === undefined || eligible.length === 0) {
      return scene?.announcing.speakers.loaded.length === 0 ? ofNobody(findings, scene) : [];
    }
    if (working.length > 0) {
      return ofSpeakersWithoutRights(findings, scene, facts);
    }
    if (isDeadElected(scene, facts)) {
      return [];
    }
    if (areSilent(eligible, facts)) {
      return [onSilentNodes(scene.service, eligible.toSorted())];
    }
    const graded = findings.filter((each) => isOfThese(each, eligible, facts));
    const speaker = speakerOf({ ...facts, deployments: facts.deployments });
    return graded.length > 0
      ? graded.map((each) => gradedFor(each, scene.service, eligible))
      : [onNodesWithout(scene.service, eligible.toSorted(), speaker)];
  },
});

/** Since v0.16 pods are Ready that may not read a single kind: they run, and announce nothing. */
function ofSpeakersWithoutRights(
  findings: readonly Finding[],
  { service }: Layer2Scene,
  facts: BorrowedFacts,
): readonly Finding[] {
  return findings
    .filter(({ cause }) => cause === 'speaker-without-permission')
    .filter(() => surelyStanding(service, facts).length === 0)
    .map((each) => ({ ...each, severity: 'error', affects: [refOf(service)] }));
}

/** Nobody is there whose configuration could be judged: what a speaker would make of it is open, and none is enough. */
function ofNobody(findings: readonly Finding[], { service }: Layer2Scene): readonly Finding[] {
  return findings
    .filter(({ cause }) => cause === 'speaker-absent')
    .map((each) => ({ ...each, severity: 'error', affects: [refOf(service)] }));
}

/** Nodes that would announce it, or be asked to, if a speaker worked on them and an endpoint could serve. */
function eligibleIn({ ideal, announcing, serves, selected }: Layer2Scene): readonly string[] {
  // without memberlist nobody notices that the elected one is missing
  if (announcing.mute?.why === 'no-speaker' && announcing.advertisers.length === 0) {
    return [announcing.mute.node];
  }
  const byBGP = [...announcing.bgp].flatMap(([node, { advertises }]) => (advertises ? node : []));
  const open = selected.flatMap(({ name, obstacles }) => (obstacles.length === 0 ? name : []));
  return [...new Set([...(serves ? ideal.candidates : open), ...byBGP])];
}

/** Told by MLB-L11. */
function isDeadElected({ announcing }: Layer2Scene, { nodes }: AnnouncingFacts): boolean {
  const node = nodes.find(({ metadata }) => metadata.name === announcing.mute?.node);
  return announcing.mute?.why === 'no-speaker' && node !== undefined && isSilent(node);
}

function worksOn(node: string, facts: AnnouncingFacts): boolean {
  const { state, pod } = speakerOn(node, facts);
  return (
    (state === 'running' || state === 'leaving') &&
    (pod.metadata.deletionTimestamp !== undefined || troubleOf(pod, facts.takenAt) === undefined)
  );
}

/** A pod elsewhere has its own trouble unless one that counts has the same; the rest of what is found concerns all nodes, or names them. */
function isOfThese(
  { about }: Finding,
  eligible: readonly string[],
  facts: AnnouncingFacts,
): boolean {
  if (about.kind !== 'Pod') {
    return true;
  }
  const told = facts.pods.find(
    ({ metadata }) => metadata.name === about.name && metadata.namespace === about.namespace,
  );
  const node = told?.spec.nodeName;
  return (
    node === undefined ||
    eligible.includes(node) ||
    eligible.some((each) => isInTheSameTrouble(speakerOn(each, facts).pod, told, facts.takenAt))
  );
}

/** Findings on pods tell of all that are in one trouble, and are about the first. */
function isInTheSameTrouble(one: Pod | undefined, other: Pod | undefined, now: string): boolean {
  const kind = one && troubleOf(one, now)?.kind;
  return kind !== undefined && other !== undefined && troubleOf(other, now)?.kind === kind;
}

function gradedFor(found: Finding, service: Service, eligible: readonly string[]): Finding {
  return {
    ...found,
    severity: 'error',
    affects: [refOf(service)],
    details: [
      ...found.details.filter((line) => !line.includes('addresses move to other nodes')),
      `${addressesIn(service).join(', ')} may only be announced by ${nodesText(eligible)}`,
    ],
  };
}

/** Their pods say no more than that. */
function areSilent(names: readonly string[], { nodes }: AnnouncingFacts): boolean {
  return names.every((name) => nodes.some((node) => node.metadata.name === name && isSilent(node)));
}

function onSilentNodes(service: Service, names: readonly string[]): Omit<Finding, 'check'> {
  const about = refOf(service);
  return {
    cause: 'speakers-nodes-silent',
    severity: 'error',
    about,
    affects: [about],
    says: `the only ${names.length === 1 ? 'node that may announce it no longer answers' : 'nodes that may announce it no longer answer'}: ${someOf(names)}`,
    details: ['another node takes over only if the advertisements select it'],
    because: names.map((name) =>
      seenField({ kind: 'Node', name }, 'status.conditions[Ready]', 'Unknown'),
    ),
    doubts: ['only their kubelets are down: then the speakers go on, and so does the traffic'],
    suggests: [
      {
        says: 'see why the node does not answer: power, its network, the kubelet',
        command: kubectl`describe node ${names[0] ?? 'NODE'}`,
        mutates: false,
      },
    ],
  };
}

function onNodesWithout(
  service: Service,
  names: readonly string[],
  speaker: Program | undefined,
): Omit<Finding, 'check'> {
  const about = refOf(service);
  const workload = speaker?.workload;
  return {
    cause: 'no-speaker-where-advertised',
    severity: 'error',
    about,
    affects: [about],
    says: `only ${nodesText(names)} may announce it, and no speaker works there`,
    details: workload === undefined ? [] : placementLines(workload.spec.template),
    because: [
      seenField(
        workload === undefined ? about : refOf(workload),
        'status.desiredNumberScheduled',
        String(workload?.status.desired ?? 0),
      ),
    ],
    suggests: [
      {
        says: 'let the speakers run there, or let the advertisement select nodes that have one',
        command: kubectl`-n ${speaker?.namespace ?? 'metallb-system'} get pods -o wide`,
        mutates: false,
      },
    ],
  };
}
