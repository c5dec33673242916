import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { nameOf, type ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { ConfigurationProblem } from '../../core/metallb/configuration.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import {
  createPassword,
  missingSecretOf,
  type MissingSecret,
} from '../models/programs/missing-secrets.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine, workedOut } from '../models/seen.ts';
import { isSpeakerComplaint } from '../models/configuration/speaker-complaints.ts';
import { refusalsBySpeakers, type Refusal } from '../models/configuration/speaker-configuration.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Speakers also load advertisements, BGPPeers and BFDProfiles; a fault there stops them and not the controller. */
export const speakersAcceptConfiguration = defineCheck({
  id: 'MLB-I20',
  asks: 'Can the speakers load their advertisements and BGP peers as they are?',
  symptoms: ['health'],
  causes: ['config-rejected'],
  needs: ['ipAddressPools', 'l2Advertisements', 'bgpAdvertisements', 'nodes'],
  helps: [
    'bgpPeers',
    'bfdProfiles',
    'communities',
    'namespaces',
    'configurationStates',
    'speakerLogs',
  ],
  skipWhen: (facts) => {
    const { installation } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (installation.speaker === undefined) {
      return 'no speaker was found, so its kind of BGP is not known';
    }
    return configurationOf(facts)?.state === 'rejected'
      ? 'the pools themselves cannot be loaded (MLB-I09)'
      : undefined;
  },
  // Who speaks BGP has peers, and half of what must fit together is no ground to say that it does.
  alsoNeeds: (facts) =>
    facts.bgpAdvertisements.some(
      ({ metadata }) => metadata.namespace === facts.installation?.namespace,
    )
      ? bgpKinds.filter((kind) => facts[kind].state !== 'absent')
      : [],
  run: (facts) => {
    const readings = { ...facts, ...asReadings(facts) };
    const found = refusalsBySpeakers(readings).flatMap((refusal) => rejection(refusal, facts));
    const secret = missingSecretOf(facts);
    const isSaidElsewhere = facts.configurationStates.state === 'read';
    return found.length > 0 || secret === undefined || isSaidElsewhere
      ? found
      : [waitingForSecret(secret)];
  },
});

function waitingForSecret({ peer, line }: MissingSecret): Found {
  const about = refOf(peer);
  const { namespace = 'metallb-system' } = peer.metadata;
  const secret = peer.spec.passwordSecret ?? '';
  return {
    cause: 'config-rejected',
    severity: 'error',
    about,
    affects: [],
    says: `the speakers refuse their whole configuration because ${nameOf(about)} wants its password from Secret ${namespace}/${secret}`,
    details: [`${nameOf(about)}: ${oneLine(line.words)}`, ...reach],
    because: [seenLine(line)],
    doubts: ['the Secret was created after the facts were read'],
    suggests: [
      {
        says: 'see whether it is there; it must be of type kubernetes.io/basic-auth with the key password',
        command: kubectl`-n ${namespace} describe secret ${secret}`,
        mutates: false,
      },
      createPassword(namespace, secret),
    ],
  };
}

const reach = [
  'Services still get addresses, the controller reads none of these objects; what the speakers announced before goes on, nothing new is announced',
  'a speaker that starts now has no configuration and announces nothing, neither by BGP nor in layer 2, and the others still count its node as a candidate',
] as const;

const bgpKinds = ['bgpPeers', 'bfdProfiles', 'communities'] as const;

type Decisive = Facts<'l2Advertisements' | 'bgpAdvertisements' | 'nodes'>;

/** The model takes what another check may lack as readings. */
function asReadings(facts: Decisive) {
  return {
    l2Advertisements: { state: 'read', items: facts.l2Advertisements },
    bgpAdvertisements: { state: 'read', items: facts.bgpAdvertisements },
    nodes: { state: 'read', items: facts.nodes },
  } as const;
}

type Witnesses = Facts<never, 'configurationStates' | 'speakerLogs'>;

function rejection(refusal: Refusal, facts: Witnesses): readonly Found[] {
  const [first] = refusal.problems;
  if (first === undefined) {
    return [];
  }
  const { nodes, isEverywhere, problems } = refusal;
  const who = isEverywhere ? 'every speaker refuses its' : speakersOn(nodes);
  const waits = first.waitsFor === undefined ? '' : `, which waits for ${first.waitsFor}`;
  return [
    {
      cause: 'config-rejected',
      severity: 'error',
      about: first.object,
      affects: [],
      says: `${who} whole configuration because of ${nameOf(first.object)}${waits}`,
      details: [
        ...problems.map((problem) => `${nameOf(problem.object)}: ${oneLine(problem.message)}`),
        ...reach,
      ],
      because: [
        ...problems.map((problem) =>
          workedOut(problem.object, `metallb/internal/config: ${problem.rule}`, problem.message),
        ),
        ...witnesses(refusal, facts),
      ],
      doubts: ['the object was repaired after the facts were read'],
      suggests: remedies(first),
    },
  ];
}

/** MetalLB puts what an error is about on a line of its own. */
function oneLine(message: string): string {
  return message.replaceAll('\n', '; ');
}

function speakersOn(nodes: readonly string[]): string {
  return nodes.length === 1
    ? `the speaker on ${nodes[0]} refuses its`
    : `the speakers on ${someOf(nodes, 3)} refuse their`;
}

function witnesses({ nodes, maySay }: Refusal, facts: Witnesses): readonly Evidence[] {
  const names = new Set(nodes.map((node) => `speaker-${node}`));
  const state = itemsIfRead(facts.configurationStates).find(
    ({ metadata, status }) => names.has(metadata.name) && status.result === 'Invalid',
  );
  const line = logLines(facts.speakerLogs, facts.takenAt).findLast(
    (each) => isSpeakerComplaint(each) && maySay.includes(each.words),
  );
  return [
    ...(state === undefined
      ? []
      : [seenField(refOf(state), 'status.errorSummary', state.status.errorSummary ?? 'Invalid')]),
    ...(line === undefined ? [] : [seenLine(line)]),
  ];
}

function remedies({ object, other, waitsFor }: ConfigurationProblem): readonly Remedy[] {
  const edit: Remedy = {
    says: 'correct it, or take back the change that brought it in (in Git, if GitOps owns it)',
    command: editCommand(object),
    mutates: true,
  };
  if (waitsFor !== undefined) {
    const says = `create ${waitsFor}, or take the reference to it away; the speakers look again by themselves`;
    return [{ ...edit, says }];
  }
  return other === undefined || nameOf(other) === nameOf(object)
    ? [edit]
    : [
        edit,
        {
          says: `see the other object, ${nameOf(other)}`,
          command: seeCommand(other),
          mutates: false,
        },
      ];
}

function editCommand({ namespace = 'metallb-system', kind, name }: ObjectRef): string {
  return kubectl`-n ${namespace} edit ${kind.toLowerCase()} ${name}`;
}

function seeCommand({ namespace = 'metallb-system', kind, name }: ObjectRef): string {
  return kubectl`-n ${namespace} get ${kind.toLowerCase()} ${name} -o yaml`;
}
