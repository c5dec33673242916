import * as Flags from '@oclif/core/flags';
import { UsageError } from '../../facts/errors.ts';
import { millisecondsOf } from './duration.ts';

/** Every form an answer can be printed in. */
export const answerFormats = ['text', 'wide', 'json', 'yaml', 'markdown', 'name'] as const;

export type AnswerFormat = (typeof answerFormats)[number];

/** A time, as kubectl takes it. */
export const duration = Flags.custom<number>({
  helpValue: '30s',
  parse: async (text, _, { name }) => {
    const milliseconds = millisecondsOf(text);
    if (milliseconds === undefined) {
      throw new UsageError(`--${name} ${text} is not a time; write it as 500ms, 30s, 5m or 1h`);
    }
    return milliseconds;
  },
});

/** `-o` with the forms this command has; the first one is the default, and what the environment may name besides. */
export function outputFlag<const F extends string>(formats: readonly [F, ...F[]]) {
  return Flags.option({
    char: 'o',
    description: 'form of the answer on stdout',
    options: formats,
    default: formats[0],
    env: 'TRIAGE_OUTPUT',
    helpGroup: 'OUTPUT',
  })();
}

/** What every command takes. */
export const commonFlags = {
  color: Flags.option({
    description: 'use colour; auto looks at the terminal, NO_COLOR and TERM',
    options: ['auto', 'always', 'never'] as const,
    default: 'auto',
    env: 'TRIAGE_COLOR',
    helpGroup: 'OUTPUT',
  })(),
  'no-color': Flags.boolean({ description: 'same as --color=never', helpGroup: 'OUTPUT' }),
  verbose: Flags.boolean({
    char: 'v',
    description: 'also what passed and what is ruled out',
    helpGroup: 'OUTPUT',
  }),
  debug: Flags.boolean({
    description: 'show stack traces of failures',
    env: 'TRIAGE_DEBUG',
    helpGroup: 'OUTPUT',
  }),
};

const server = 'SERVER';

/** How to reach the API server and as whom, in kubectl's own words. */
export const serverFlags = {
  kubeconfig: Flags.string({
    helpValue: 'FILE',
    description: 'kubeconfig file (default: as kubectl)',
    helpGroup: server,
  }),
  context: Flags.string({
    helpValue: 'NAME',
    description: 'kubeconfig context',
    env: 'TRIAGE_CONTEXT',
    helpGroup: server,
  }),
  namespace: Flags.string({
    helpValue: 'NAME',
    char: 'n',
    description:
      'namespace of a Service named without one, beside namespace/name it must be the same; the one to read where not all may be',
    env: 'TRIAGE_NAMESPACE',
    helpGroup: server,
  }),
  as: Flags.string({
    helpValue: 'USER',
    description: 'user to impersonate',
    helpGroup: server,
  }),
  'as-group': Flags.string({
    helpValue: 'GROUP',
    description: 'group to impersonate (repeatable)',
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: server,
  }),
  'as-uid': Flags.string({
    helpValue: 'UID',
    description: 'uid to impersonate',
    helpGroup: server,
  }),
  'metallb-namespace': Flags.string({
    helpValue: 'NAME',
    description: 'where MetalLB runs (default: it is searched for)',
    env: 'TRIAGE_METALLB_NAMESPACE',
    helpGroup: server,
  }),
  'request-timeout': duration({
    description: 'give up on one request after this long (default 10s)',
    env: 'TRIAGE_REQUEST_TIMEOUT',
    helpGroup: server,
  }),
  timeout: duration({
    description: 'stop reading after this long, answer from what is there (default 60s)',
    env: 'TRIAGE_TIMEOUT',
    helpGroup: server,
  }),
  'max-calls': Flags.integer({
    helpValue: 'NUMBER',
    description: 'stop reading after this many calls to the API server (default 1000)',
    min: 1,
    env: 'TRIAGE_MAX_CALLS',
    helpGroup: server,
  }),
};

/** The same where a namespace alone chooses the Services in it. */
export const serverFlagsThatNarrow = {
  ...serverFlags,
  namespace: Flags.string({
    helpValue: 'NAME',
    char: 'n',
    description: 'only the Services of this namespace; that of a Service named without one',
    env: 'TRIAGE_NAMESPACE',
    helpGroup: server,
  }),
};

/** The same where manifests are judged: there is no Service to be found. */
export const serverFlagsForManifests = {
  ...serverFlags,
  namespace: Flags.string({
    helpValue: 'NAME',
    char: 'n',
    description: 'namespace of manifests that name none',
    helpGroup: server,
  }),
};

/** Reading from files instead of a server. */
export const recordedFlags = {
  from: Flags.string({
    description: 'read a recorded snapshot, or a file or folder of kubectl output, and no cluster',
    helpValue: 'PATH',
    helpGroup: 'FILES',
  }),
  at: Flags.string({
    description: 'with --from: the time to count ages from (RFC 3339)',
    helpValue: 'TIME',
    dependsOn: ['from'],
    helpGroup: 'FILES',
  }),
};

/** A recording for somebody else's eyes. */
export const shareFlags = {
  share: Flags.boolean({
    description: 'replace names and addresses in the recording, so that it can be given away',
    helpGroup: 'FILES',
  }),
  'share-names': Flags.string({
    description: 'with --share: write what the replaced names stand for to this file',
    helpValue: 'FILE',
    dependsOn: ['share'],
    helpGroup: 'FILES',
  }),
};

/** What the diagnosing commands take besides. */
export const diagnosisFlags = {
  output: outputFlag(answerFormats),
  record: Flags.string({
    description: 'also write everything that was read to this file, for --from',
    helpValue: 'FILE',
    helpGroup: 'FILES',
  }),
  ...shareFlags,
  share: { ...shareFlags.share, dependsOn: ['record'] },
  only: Flags.string({
    helpValue: 'IDS',
    description: 'run only these checks (check or cause ids, comma separated)',
    multiple: true,
    delimiter: ',',
    multipleNonGreedy: true,
    helpGroup: 'CHECKS',
  }),
  skip: Flags.string({
    helpValue: 'IDS',
    description: 'leave these checks out (check or cause ids, comma separated)',
    multiple: true,
    delimiter: ',',
    multipleNonGreedy: true,
    helpGroup: 'CHECKS',
  }),
  'exit-warn': Flags.boolean({
    description: 'exit 4 when there are only warnings',
    helpGroup: 'CHECKS',
  }),
  wait: duration({
    description: 'look again until all is well or the time is up (--wait alone: 5m)',
    helpValue: '5m',
    exclusive: ['from'],
    helpGroup: 'CHECKS',
  }),
};

/** Findings that somebody answers for, for the commands that look at everything. */
export const suppressionFlags = {
  suppressions: Flags.string({
    description: 'file of findings to leave out, each with owner, reason and last day',
    helpValue: 'FILE',
    env: 'TRIAGE_SUPPRESSIONS',
    helpGroup: 'CHECKS',
  }),
};

const listed = { multiple: true, multipleNonGreedy: true } as const;

/** The flags that choose a cluster, for the commands that can ask several. */
export const severalFlags = {
  context: Flags.string({
    helpValue: 'NAMES',
    description: 'kubeconfig context, or several (comma separated, repeatable)',
    env: 'TRIAGE_CONTEXT',
    helpGroup: server,
    ...listed,
  }),
  'all-contexts': Flags.boolean({
    description: 'ask the cluster of every context in the kubeconfig',
    helpGroup: server,
  }),
  from: Flags.string({
    description: `${recordedFlags.from.description}; or several (comma separated, repeatable)`,
    helpValue: 'PATHS',
    helpGroup: 'FILES',
    ...listed,
  }),
};
