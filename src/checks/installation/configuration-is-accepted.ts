import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { ConfigurationProblem } from '../../core/metallb/configuration.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { nameOf } from '../../core/facts/object-ref.ts';
import { isConfigurationComplaint, logLines } from '../models/testimony/log-lines.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField, seenLine, workedOut } from '../models/seen.ts';

const inForce =
  'one bad object refuses the whole new configuration: the controller keeps its last good one, or has none if it restarted since';

/** MetalLB loads all its pools together: one that it cannot parse refuses them all. */
export const configurationIsAccepted = defineCheck({
  id: 'MLB-I09',
  asks: `Can MetalLB load its pools as they are?`,
  symptoms: ['pending', 'health'],
  causes: ['config-rejected'],
  needs: ['ipAddressPools'],
  helps: ['namespaces', 'communities', 'configurationStates', 'controllerLogs'],
  alsoNeeds: namespacesIfSelected,
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const configuration = configurationOf(facts);
    if (configuration === undefined || configuration.state === 'accepted') {
      return [];
    }
    const [first] = configuration.problems;
    return first === undefined
      ? []
      : [rejection([first, ...configuration.problems.slice(1)], facts, subject)];
  },
});

type Problems = readonly [ConfigurationProblem, ...ConfigurationProblem[]];
type Witnesses = Facts<never, 'configurationStates' | 'controllerLogs'>;

function rejection(problems: Problems, facts: Witnesses, subject: Subject): Found {
  const [first] = problems;
  const also = first.other === undefined ? '' : ` (and ${nameOf(first.other)})`;
  return {
    cause: 'config-rejected',
    severity: 'error',
    about: first.object,
    affects: everyoneOr(subject),
    says: `MetalLB refuses its whole configuration because of ${nameOf(first.object)}${also}`,
    details: [
      ...problems.map((problem) => `${nameOf(problem.object)}: ${problem.message}`),
      inForce,
    ],
    because: [
      ...problems.map((problem) =>
        workedOut(problem.object, `metallb/internal/config: ${problem.rule}`, problem.message),
      ),
      ...witnesses(facts),
    ],
    doubts: ['the object was repaired after the facts were read'],
    suggests: remedies(first),
  };
}

function witnesses(facts: Witnesses): readonly Evidence[] {
  const state = itemsIfRead(facts.configurationStates).find(
    (each) => each.metadata.name === 'controller' && each.status.result === 'Invalid',
  );
  const line = logLines(facts.controllerLogs, facts.takenAt).findLast(isConfigurationComplaint);
  return [
    ...(state === undefined
      ? []
      : [seenField(refOf(state), 'status.errorSummary', state.status.errorSummary ?? 'Invalid')]),
    ...(line === undefined ? [] : [seenLine(line)]),
  ];
}

function remedies({ object, other }: ConfigurationProblem): readonly Remedy[] {
  const namespace = object.namespace ?? 'metallb-system';
  const kind = object.kind.toLowerCase();
  return [
    {
      says: 'correct it, or take back the change that brought it in (in Git, if GitOps owns it)',
      command: kubectl`-n ${namespace} edit ${kind} ${object.name}`,
      mutates: true,
    },
    ...(other === undefined
      ? []
      : [
          {
            says: 'see both objects',
            command: kubectl`-n ${namespace} get ${kind} ${object.name} ${other.name} -o yaml`,
            mutates: false,
          },
        ]),
  ];
}
