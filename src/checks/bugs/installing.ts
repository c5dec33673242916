import type { ContainerStatus, Pod } from '../../core/facts/kube-objects.ts';
import { controllerOf, isReady, speakerOf } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine } from '../models/seen.ts';
import { defineBug, type KnownBug, type Sign } from './known-bug.ts';
import { asReading, linesSaying } from './material.ts';

const programNeeds = ['deployments', 'daemonSets', 'pods'] as const;

/** Faults of manifests, chart, operator and start-up. */
export const installingBugs: readonly KnownBug[] = [
  defineBug({
    bug: 'metallb#3062',
    related: [],
    title: 'The controller never becomes ready',
    program: 'controller',
    since: 'v0.16.0',
    fixedIn: 'v0.16.1',
    severity: 'warning',
    whatGoesWrong:
      'The new health endpoint listens on the loopback address only, where the kubelet does not ask. The probes fail although the controller works, and it is restarted for it.',
    recognisedBy: 'a controller container that runs and is not ready',
    workaround: 'Go to v0.16.1.',
    accountsFor: ['controller-not-ready', 'controller-crash-looping', 'probe-blocked'],
    needs: programNeeds,
    signs: (facts) =>
      (controllerOf(facts)?.pods ?? [])
        .filter((pod) => !isReady(pod) && pod.status.containerStatuses.some(runsUnready))
        .map((pod) => ({
          about: refOf(pod),
          says: `${pod.metadata.name} runs and is not ready: its health endpoint cannot be reached with this release`,
          because: [seenField(refOf(pod), 'status.conditions[Ready]', 'False')],
        })),
  }),
  defineBug({
    bug: 'metallb#2708',
    related: [],
    title: 'Speakers with FRR do not come up',
    program: 'speaker',
    since: 'v0.14.9',
    fixedIn: 'v0.15.0',
    severity: 'warning',
    whatGoesWrong:
      'In FRR mode the probe of the frr container asks the port of the FRR metrics, which this release does not serve where the probe looks. The container is restarted, the speaker pod is never ready.',
    recognisedBy: 'a speaker pod whose frr or frr-metrics container is not ready',
    workaround: 'Go to v0.15.0, or back to v0.14.8, or leave FRR mode where BGP needs none of it.',
    accountsFor: ['speaker-frr-failing', 'speaker-not-ready', 'speaker-crash-looping'],
    needs: programNeeds,
    signs: (facts) =>
      podSigns(speakerOf(facts)?.pods ?? [], ({ status }) =>
        status.containerStatuses.find(
          ({ name, ready }) => /^frr(?:-metrics)?$/.test(name) && !ready,
        ),
      ),
  }),
  defineBug({
    bug: 'metallb#2462',
    related: [],
    title: 'The init containers of FRR crash',
    program: 'speaker',
    since: 'v0.14.7',
    fixedIn: 'v0.14.8',
    severity: 'warning',
    whatGoesWrong:
      'The images have no shell any more, but the manifests of this release still start the init containers of FRR with one. The speaker pod does not get beyond them.',
    recognisedBy: 'a speaker pod whose init container (cp-…) fails',
    workaround: 'Go to v0.14.8, with its manifests.',
    accountsFor: ['speaker-frr-failing', 'speaker-not-ready', 'speaker-crash-looping'],
    needs: programNeeds,
    signs: (facts) =>
      podSigns(speakerOf(facts)?.pods ?? [], ({ status }) =>
        status.initContainerStatuses.find(
          ({ name, state, restartCount }) =>
            name.startsWith('cp-') &&
            (restartCount > 0 || state.reason === 'CrashLoopBackOff' || (state.exitCode ?? 0) > 0),
        ),
      ),
  }),
  defineBug({
    bug: 'metallb#2779',
    related: ['metallb#364', 'metallb#2700', 'metallb#2780'],
    title: 'Pools beside node addresses are refused',
    program: 'controller',
    since: 'v0.15.0',
    fixedIn: 'v0.15.1',
    severity: 'warning',
    whatGoesWrong:
      'This release alone refuses pools that contain the address of a node, and reads ranges wrongly for that: a range that begins or ends next to a node address is refused although it leaves it out.',
    recognisedBy: 'such a refusal by the webhook in the log of the controller',
    workaround: 'Write the pool as CIDRs, or go to v0.15.1, which does not look at nodes.',
    accountsFor: ['pool-refused-for-node-address', 'config-rejected', 'no-pool'],
    needs: ['controllerLogs'],
    signs: (facts) => {
      const line = linesSaying(
        asReading(facts.controllerLogs),
        /pool cidr .{1,80} contains nodeIp/,
        facts.takenAt,
      ).at(-1);
      return line === undefined
        ? []
        : [
            {
              about: undefined,
              says: `the webhook refused pool ${line.values.get('name') ?? '(unnamed)'} for the address of a node, which this release judges wrongly for ranges`,
              because: [seenLine(line)],
            },
          ];
    },
  }),
  defineBug({
    bug: 'metallb-operator#379',
    related: [],
    title: 'After an upgrade of the operator the speakers lack rights',
    program: 'speaker',
    since: undefined,
    fixedIn: undefined,
    severity: 'warning',
    whatGoesWrong:
      'The operator brings new images before their roles: the speakers crash because they may not list a kind that the new release has.',
    recognisedBy:
      "the operator's Deployment, and a speaker that says it may not list a kind of MetalLB",
    workaround:
      "Let the operator's bundle of that release be applied whole, then delete the speaker pods.",
    accountsFor: ['speaker-without-permission', 'speaker-crash-looping', 'speaker-not-ready'],
    needs: ['deployments', 'speakerLogs'],
    signs: (facts) => {
      const operator = facts.deployments.find(({ metadata }) =>
        metadata.name.startsWith('metallb-operator-controller-manager'),
      );
      const line = linesSaying(
        asReading(facts.speakerLogs),
        /metallb\.io.{0,40} is forbidden|cannot list resource .{1,80}metallb\.io/,
        facts.takenAt,
      ).at(-1);
      return operator === undefined || line === undefined
        ? []
        : [
            {
              about: refOf(operator),
              says: `${line.pod} may not list a kind of MetalLB, and the roles are the operator's to write`,
              because: [
                seenLine(line),
                seenField(refOf(operator), 'metadata.name', operator.metadata.name),
              ],
            },
          ];
    },
  }),
];

function runsUnready({ ready, state }: ContainerStatus): boolean {
  return !ready && state.state === 'running';
}

function podSigns(
  pods: readonly Pod[],
  faulty: (pod: Pod) => ContainerStatus | undefined,
): readonly Sign[] {
  return pods.flatMap((pod) => {
    const container = faulty(pod);
    return container === undefined
      ? []
      : [
          {
            about: refOf(pod),
            says: `container ${container.name} of ${pod.metadata.name} does not come up, as is known of this release`,
            because: [
              seenField(
                refOf(pod),
                `status of container ${container.name}`,
                container.state.reason ?? (container.ready ? 'ready' : 'not ready'),
              ),
            ],
          },
        ];
  });
}
