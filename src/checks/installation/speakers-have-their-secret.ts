import { defineCheck } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { complaintsOf } from '../models/testimony/log-troubles.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { controllerOf, type Program, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenEvent, seenField, seenLine } from '../models/seen.ts';
import { leftLines, severityOfPods } from '../models/programs/speakers-left.ts';
import { podNames, troubledPods } from '../models/programs/troubled-pods.ts';

type SecretFacts = Facts<
  'pods',
  'deployments' | 'daemonSets' | 'events' | 'speakerLogs' | 'controllerLogs'
>;

/** The controller makes the Secret by which speakers know each other; speakers cannot start before it is there. */
export const speakersHaveTheirSecret = defineCheck({
  id: 'MLB-I32',
  asks: 'Have the speakers the Secret by which they know each other?',
  symptoms: ['health'],
  causes: ['memberlist-secret-missing'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events', 'speakerLogs', 'controllerLogs'],
  basis: 'observed',
  alsoNeeds: (facts) => {
    const speaker = speakerOf(facts);
    const waits =
      speaker !== undefined && troubledPods(speaker, 'not-ready', facts.takenAt).length > 0;
    return waits && waiting(speaker, facts).length === 0 ? ['events'] : [];
  },
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const speaker = speakerOf(facts);
    const struck =
      speaker === undefined ? [] : [...waiting(speaker, facts), ...dying(speaker, facts)];
    const [first] = struck;
    if (speaker === undefined || first === undefined) {
      return [];
    }
    const complaint = logLines(facts.controllerLogs, facts.takenAt).findLast(({ text }) =>
      /failed to create memberlist secret/.test(text),
    );
    const state = first.isEmpty ? 'has no key secretkey' : 'is missing';
    return [
      {
        cause: 'memberlist-secret-missing',
        severity: severityOfPods(speaker, facts.takenAt),
        about: { kind: 'Secret', namespace: speaker.namespace, name: first.secret },
        affects: [],
        says: `the speakers cannot start: Secret ${first.secret} in ${speaker.namespace}, which the controller makes, ${state}`,
        details: [
          `waiting for it: ${podNames(struck)}`,
          first.says,
          ...(complaint === undefined ? [] : [`the controller says: ${complaint.words}`]),
          ...leftLines(speaker, facts.takenAt),
        ],
        because: [
          ...struck.slice(0, 2).map(({ evidence }) => evidence),
          ...(complaint === undefined ? [] : [seenLine(complaint)]),
        ],
        doubts: ['the installation is only seconds old: then the controller is about to make it'],
        suggests: remediesFor(controllerOf(facts), speaker, first),
      },
    ];
  },
});

interface Struck {
  readonly pod: Pod;
  readonly secret: string;
  readonly isEmpty: boolean;
  readonly says: string;
  readonly evidence: Evidence;
}

/** `memberlist`, `metallb-memberlist`, or whatever the chart was told: by what the kubelet says. */
const notFound =
  /secret "?([^"\s]+)"? not found|couldn't find key secretkey in Secret ([^"\s]+)|references non-existent secret key: (secretkey)/i;

function waiting(speaker: Program, facts: SecretFacts): readonly Struck[] {
  const mounted = secretOf(speaker, facts);
  return troubledPods(speaker, 'not-ready', facts.takenAt).flatMap(({ pod, trouble }) => {
    const about = refOf(pod);
    const event = eventsAbout(facts, about).find(({ message }) => secretIn(message, mounted));
    const says = event?.message ?? trouble.says;
    const found = secretIn(says, mounted);
    if (found === undefined) {
      return [];
    }
    const evidence =
      event === undefined
        ? seenField(about, 'status.containerStatuses[].state.waiting', says)
        : seenEvent(event);
    return [{ pod, ...found, says, evidence }];
  });
}

/** The Secret that these words miss, if it is the speakers' own: they may mount others. */
function secretIn(words: string, mounted: string): Pick<Struck, 'secret' | 'isEmpty'> | undefined {
  const [isFound, missing, keyless] = notFound.exec(words) ?? [];
  if (isFound === undefined) {
    return undefined;
  }
  if (missing === undefined) {
    return { secret: keyless?.split('/').at(-1) ?? mounted, isEmpty: true };
  }
  return missing === mounted || missing.includes('memberlist')
    ? { secret: missing, isEmpty: false }
    : undefined;
}

/** As the speakers mount it; as the controller is told to make it; as MetalLB's own manifests name it. */
function secretOf(speaker: Program, facts: SecretFacts): string {
  const specs = [speaker.workload?.spec.template, ...speaker.pods.map(({ spec }) => spec)];
  const made = [controllerOf(facts)]
    .flatMap((controller) => [
      controller?.workload?.spec.template,
      ...(controller?.pods.map(({ spec }) => spec) ?? []),
    ])
    .flatMap((spec) => spec?.containers ?? [])
    .map(({ env }) => new Map(Object.entries(env)).get('METALLB_ML_SECRET_NAME'));
  return [...specs.map((spec) => spec?.memberlistSecret), ...made].find(Boolean) ?? 'memberlist';
}

function dying(speaker: Program, facts: SecretFacts): readonly Struck[] {
  const secret = secretOf(speaker, facts);
  return complaintsOf(speaker, /memberlist secret key|secretkey/, facts).map(({ pod, line }) => ({
    pod,
    secret,
    isEmpty: true,
    says: line.words,
    evidence: seenLine(line),
  }));
}

function remediesFor(
  controller: Program | undefined,
  { namespace }: Program,
  { secret, isEmpty }: Struck,
): readonly Remedy[] {
  const handle = controller?.handle ?? 'deployment/controller';
  const restart: Remedy = {
    says: 'restart the controller: it makes the Secret when it starts (and needs the right to, and METALLB_DEPLOYMENT must be its own name)',
    command: isEmpty
      ? `${kubectl`-n ${namespace} delete secret ${secret}`} && ${kubectl`-n ${namespace} rollout restart ${handle}`}`
      : kubectl`-n ${namespace} rollout restart ${handle}`,
    mutates: true,
  };
  const byHand: Remedy = {
    says: 'make it by hand',
    command: `${kubectl`-n ${namespace} create secret generic ${secret}`} --from-literal=secretkey="$(openssl rand -base64 128)"`,
    mutates: true,
  };
  // one that is there cannot be made
  return isEmpty ? [restart] : [restart, byHand];
}
