import { inMetalLB, patchPods, podsOf } from './fault.ts';
import type { Fault } from './fault.ts';

const speakers = 'daemonset/speaker';
const undo = inMetalLB(`rollout undo ${speakers}`);

function replacement(field: string, value: unknown): object {
  return { op: 'replace', path: `/spec/template/spec/containers/0/${field}`, value };
}

/** What keeps speakers from announcing; no Service stays pending for it. */
export const speakerFaults: readonly Fault[] = [
  {
    name: 'no node has the label that the speakers select',
    cause: 'speaker-absent',
    strikes: false,
    breaks: [patchPods(speakers, 'add', ['nodeSelector/rack', 'nine'])],
    until: { asked: podsOf('speaker'), shows: /^(No resources found.*)?\s*$/ },
    says: ['speaker'],
    mends: [undo],
  },
  {
    name: "the speakers' image has a tag that does not exist",
    cause: 'speaker-image-pull-failing',
    strikes: false,
    // a roll-out stops at the first speaker that does not start, and the others go on
    warns: true,
    breaks: [inMetalLB(`set image ${speakers} speaker=quay.io/metallb/speaker:v9.9.9`)],
    until: { asked: podsOf('speaker'), shows: /ErrImagePull|ImagePullBackOff/ },
    says: ['quay.io/metallb/speaker:v9.9.9'],
    mends: [undo],
  },
  {
    name: 'a speaker is started with a flag that it does not know',
    cause: 'speaker-crash-looping',
    strikes: false,
    warns: true,
    breaks: [patchPods(speakers, 'add', ['containers/0/args/-', '--no-such-flag'])],
    until: { asked: podsOf('speaker'), shows: /CrashLoopBackOff/ },
    says: ['no-such-flag'],
    mends: [undo],
  },
  {
    name: 'the Secret that the speakers mount is gone',
    cause: 'memberlist-secret-missing',
    strikes: false,
    breaks: [
      inMetalLB('delete secret memberlist'),
      inMetalLB('delete pods --selector component=speaker'),
    ],
    until: {
      asked: inMetalLB('get events --field-selector reason=FailedMount'),
      shows: /secret "memberlist" not found/,
    },
    says: ['memberlist'],
    // It makes the Secret when it starts.
    mends: [inMetalLB('rollout restart deployment/controller')],
  },
  {
    name: 'the speakers are of an older release',
    cause: 'version-skew',
    strikes: false,
    warns: true,
    breaks: [
      inMetalLB(`set image ${speakers} speaker=quay.io/metallb/speaker:v0.14.9`),
      inMetalLB(`rollout status ${speakers} --timeout=180s`),
    ],
    until: { asked: podsOf('speaker'), shows: /^(\S+ +1\/1 +Running[^\n]*\n){2}$/ },
    says: ['v0.14.9', 'v0.15.3'],
    mends: [undo],
    // On v0.14.9 speakers of newer releases find no definitions of their kinds and end at once.
    versions: ['v0.15.3'],
  },
  {
    name: 'the speakers are of an older release, and asked where those answer',
    cause: 'version-skew',
    strikes: false,
    warns: true,
    breaks: [
      inMetalLB(
        `patch ${speakers} --type=json -p`,
        JSON.stringify([
          replacement('image', 'quay.io/metallb/speaker:v0.15.3'),
          replacement('livenessProbe/httpGet', { path: '/metrics', port: 9120 }),
          replacement('readinessProbe/httpGet', { path: '/metrics', port: 9120 }),
        ]),
      ),
      inMetalLB(`rollout status ${speakers} --timeout=180s`),
    ],
    until: { asked: podsOf('speaker'), shows: /^(\S+ +1\/1 +Running[^\n]*\n){2}$/ },
    says: ['v0.15.3', 'v0.16.1'],
    mends: [undo],
    versions: ['v0.16.1'],
  },
];
