import type { Found, Subject } from '../../../core/diagnosis/check.ts';
import type { Facts } from '../../../core/diagnosis/facts.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import { nameOf } from '../../../core/facts/object-ref.ts';
import { itemsIfRead, namespacesRead } from '../../../core/facts/reading.ts';
import { agoText } from '../ages.ts';
import { allocationOf } from '../allocation/allocation.ts';
import { shortWords } from './last-words.ts';
import { type Complaint, complaintsOf } from '../testimony/log-troubles.ts';
import type { Program } from './programs.ts';
import { troubleOf } from './pod-trouble.ts';
import { everyoneOr } from '../reach.ts';
import { refOf } from '../references.ts';
import { seenLine } from '../seen.ts';
import { isPending } from '../services.ts';
import { leftLines } from './speakers-left.ts';
import { podNames, serves } from './troubled-pods.ts';

type LogFacts = Facts<
  never,
  'controllerLogs' | 'speakerLogs' | 'services' | 'ipAddressPools' | 'namespaces' | 'communities'
>;

/** Words of a program that does not get through to the API server at all. */
const cutOff = inOwnWords(
  /https:\/\/\S+?\/apis?\b.*(?:dial tcp|TLS handshake timeout|connection reset|no route to host|i\/o timeout|Client\.Timeout)|dial tcp \S+:(?:443|6443|8443|16443): (?:i\/o timeout|connect: )/,
);

/** Words of a program that gets through, to an API server that is itself in trouble. */
const troubled = inOwnWords(
  /etcdserver: |the server is currently unable to handle the request|unable to return a response in the time allotted|has received too many requests|mvcc: database space exceeded/,
);

/** An API server that cannot call some webhook answers with the same words, and is well itself. */
function inOwnWords({ source }: RegExp): RegExp {
  return new RegExp(`^(?!.*(?:failed calling|failed to call|conversion) webhook).*(?:${source})`);
}

/** What the log of a program tells of the API server, as one finding for each kind of trouble. */
export function apiServerFindings(
  program: Program | undefined,
  facts: LogFacts,
  subject: Subject,
): readonly Found[] {
  const unreachable = complaintsOf(program, cutOff, facts);
  const sick = complaintsOf(program, troubled, facts);
  const scene = { program, now: facts.takenAt, subject };
  const pending = (subject === undefined ? itemsIfRead(facts.services) : [subject]).filter(
    isPending,
  );
  const isDown = isInTrouble(program, facts.takenAt);
  const isRefused = refusedAnyway(facts);
  if (program?.name === 'speaker') {
    const speakers = { ...scene, isFelt: !serves(program, facts.takenAt) };
    return [
      ...found('api-server-unreachable', unreachable, speakers),
      ...found('api-server-troubled', sick, speakers),
    ];
  }
  return [
    ...found('api-server-unreachable', unreachable, {
      ...scene,
      isFelt: isDown || pending.length > 0,
    }),
    ...found('api-server-troubled', sick, {
      ...scene,
      isFelt: isDown || pending.some((service) => !isRefused(service)),
    }),
  ];
}

/** As long as the program serves and nobody waits, MetalLB gets along with what it knew before. */
function isInTrouble(program: Program | undefined, now: string): boolean {
  return (
    program === undefined ||
    !serves(program, now) ||
    program.pods.some((pod) => troubleOf(pod, now)?.kind === 'crash')
  );
}

/** What MetalLB has no address for waits for something else than a few failed requests. */
function refusedAnyway(facts: LogFacts): (service: Service) => boolean {
  const { services, ipAddressPools, installation } = facts;
  const isKnown =
    services.state === 'read' &&
    ipAddressPools.state === 'read' &&
    (namespacesRead(ipAddressPools)?.includes(installation?.namespace ?? '') ?? true);
  const model = isKnown
    ? allocationOf({ ...facts, services: services.items, ipAddressPools: ipAddressPools.items })
    : undefined;
  return (service) => model?.answerFor(service).outcome === 'refused';
}

type Cause = 'api-server-unreachable' | 'api-server-troubled';

interface Scene {
  readonly program: Program | undefined;
  readonly now: string;
  readonly subject: Subject;
  readonly isFelt: boolean;
}

const shown = 4;

function found(cause: Cause, complaints: readonly Complaint[], scene: Scene): readonly Found[] {
  const [first] = complaints;
  const { program, now, subject } = scene;
  if (first === undefined || program === undefined) {
    return [];
  }
  const left = leftLines(program, now);
  const who = podNames(complaints.slice(0, shown));
  return [
    {
      cause,
      severity: scene.isFelt ? 'error' : 'warning',
      about: refOf(first.pod),
      affects: program.name === 'controller' ? everyoneOr(subject) : [],
      says: `${sentence(cause, program, first)}${scene.isFelt || left.length > 0 ? '' : '; nothing waits for that yet'}`,
      details: [
        `so says the log of ${who}${complaints.length > shown ? ` and ${complaints.length - shown} more` : ''}`,
        ...complaints
          .slice(0, shown)
          .map(
            ({ pod, line }) => `${pod.metadata.name}${agoText(line.at, now)}: ${shortWords(line)}`,
          ),
        ...left,
      ],
      because: complaints.slice(0, shown).map(({ line }) => seenLine(line)),
      doubts: ['it was over by the time the facts were read: look whether the log still says so'],
      suggests: cause === 'api-server-unreachable' ? wayRemedies(program, first) : serverRemedies(),
    },
  ];
}

function sentence(cause: Cause, { name }: Program, { pod }: Complaint): string {
  const { nodeName } = pod.spec;
  const where = nodeName === undefined ? '' : ` from ${nodeName}`;
  return cause === 'api-server-unreachable'
    ? `MetalLB's ${name} cannot reach the API server${where}: the cluster's network is at fault, not MetalLB`
    : `MetalLB's ${name} gets errors from the API server: that is at fault, not MetalLB`;
}

function wayRemedies({ namespace }: Program, { pod }: Complaint): readonly Remedy[] {
  const { nodeName } = pod.spec;
  return [
    {
      says: 'look at the pod network (CNI) and kube-proxy of its node',
      command:
        nodeName === undefined
          ? 'kubectl -n kube-system get pods -o wide'
          : kubectl`-n kube-system get pods -o wide --field-selector ${`spec.nodeName=${nodeName}`}`,
      mutates: false,
    },
    {
      says: `see whether a network policy shuts ${nameOf(refOf(pod))} in (the chart's own needs networkpolicies.apiPort to be the port of the API server)`,
      command: kubectl`-n ${namespace} get networkpolicies -o yaml`,
      mutates: false,
    },
  ];
}

function serverRemedies(): readonly Remedy[] {
  return [
    {
      says: 'look at the API server and etcd: disk, load, quorum',
      command: `kubectl get --raw '/readyz?verbose'`,
      mutates: false,
    },
  ];
}
