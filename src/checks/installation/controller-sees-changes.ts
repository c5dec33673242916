import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Pod } from '../../core/facts/kube-objects.ts';
import { nameOf } from '../../core/facts/object-ref.ts';
import { isOlder } from '../../core/metallb/releases.ts';
import { agoText, newestOf } from '../models/ages.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../models/configuration/configuration.ts';
import { endsDenied } from '../models/programs/denied-rights.ts';
import { controllerOf, type Program } from '../models/programs/programs.ts';
import { serves } from '../models/programs/troubled-pods.ts';
import { type StaleWatch, watchesOf } from '../models/programs/unseen-changes.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenLine, workedOut } from '../models/seen.ts';
import { logLines } from '../models/testimony/log-lines.ts';

/** A controller whose watch went stale is Ready, says nothing wrong and does nothing (#299). */
export const controllerSeesChanges = defineCheck({
  id: 'MLB-I47',
  asks: 'Does the controller still see what changes?',
  symptoms: ['pending', 'health'],
  causes: ['watch-stale'],
  needs: ['services', 'ipAddressPools', 'deployments', 'daemonSets', 'pods'],
  helps: ['namespaces', 'communities', 'events', 'controllerLogs'],
  basis: 'inferred',
  alsoNeeds: namespacesIfSelected,
  skipWhen: (facts, subject) => {
    const controller = controllerOf(facts);
    if (controller !== undefined && !serves(controller, facts.takenAt)) {
      return 'the controller itself is in trouble';
    }
    if (facts.controllerLogs.state !== 'read') {
      return 'no log of the controller was read';
    }
    const why = noPoolsToJudge(facts);
    if (why !== undefined) {
      return why;
    }
    const { stale, endsTooEarly } = watchesOf(facts, subject);
    return endsTooEarly && stale.length === 0
      ? 'the log of the controller ends before the newest objects were made'
      : undefined;
  },
  run: (facts, subject) => {
    const controller = controllerOf(facts);
    const [pod] = controller?.pods ?? [];
    const watches = watchesOf(facts, subject).stale;
    const isDenied = endsDenied(logLines(facts.controllerLogs, facts.takenAt));
    return controller === undefined || pod === undefined || watches.length === 0 || isDenied
      ? []
      : [
          finding({
            controller,
            pod,
            watches,
            subject,
            now: facts.takenAt,
            version: facts.installation?.controllerVersion ?? '',
          }),
        ];
  },
});

interface Scene {
  readonly controller: Program;
  readonly pod: Pod;
  readonly watches: readonly StaleWatch[];
  readonly subject: Subject;
  readonly now: string;
  readonly version: string;
}

const shown = 4;

function finding({ controller, pod, watches, subject, now, version }: Scene): Found {
  const services = watches.flatMap(({ kind, unseen }) => (kind === 'Service' ? unseen : []));
  const kinds = watches.map(({ kind }) => `${kind}s`).join(' and ');
  const about = refOf(pod);
  return {
    cause: 'watch-stale',
    severity: services.length > 0 ? 'error' : 'warning',
    about,
    affects: subject === undefined ? services.map(refOf) : everyoneOr(subject),
    says: `the controller runs and no longer sees changes of ${kinds}: its watch is stale, and only a restart helps`,
    details: [
      ...watches.flatMap((watch) => linesOf(watch, now)),
      'a watch goes stale when the way to the API server broke off unnoticed, or when etcd was restored from a backup; speakers can miss changes in the same way',
      ...(isOlder(version, 'v0.14.2')
        ? [`${version} may hand out other addresses after a restart (mended in v0.14.2)`]
        : []),
    ],
    because: watches.flatMap(({ kind, unseen, broken }) => [
      workedOut(
        about,
        'metallb: reconcilers log every look',
        `${unseen.slice(0, shown).map(nameOfObject).join(', ')}: no look at this ${kind} in a log that reaches back further`,
      ),
      ...(broken === undefined ? [] : [seenLine(broken)]),
    ]),
    doubts: ['lines were left out of the log that was recorded'],
    suggests: remedies(controller),
  };
}

function nameOfObject(object: StaleWatch['unseen'][number]): string {
  return nameOf(refOf(object));
}

function linesOf({ kind, unseen, broken, lastLook }: StaleWatch, now: string): readonly string[] {
  const newest = newestOf(unseen.map(({ metadata }) => metadata.creationTimestamp));
  const names = unseen
    .slice(0, shown)
    .map(({ metadata }) =>
      kind === 'Service' ? `${metadata.namespace ?? 'default'}/${metadata.name}` : metadata.name,
    );
  const more = unseen.length > shown ? ` and ${unseen.length - shown} more` : '';
  return [
    `${kind} ${names.join(', ')}${more}: made${agoText(newest, now)}, and never looked at`,
    ...(lastLook === undefined
      ? []
      : [`the last look at any ${kind} was${agoText(lastLook.at, now)}`]),
    ...(broken === undefined ? [] : [`its watch broke off${agoText(broken.at, now)}`]),
  ];
}

function remedies({ namespace, handle }: Program): readonly Remedy[] {
  return [
    {
      says: 'restart it: it reads everything anew, and gives waiting Services their address',
      command: kubectl`-n ${namespace} rollout restart ${handle}`,
      mutates: true,
    },
    {
      says: 'if it comes back, look at the API server and etcd: was it restored, does the way to it break off?',
      command: `kubectl get --raw '/readyz?verbose'`,
      mutates: false,
    },
  ];
}
