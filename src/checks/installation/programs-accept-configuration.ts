import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import type { ConfigurationState } from '../../core/facts/kube-objects.ts';
import { configurationOf } from '../models/configuration.ts';
import { agoText } from '../models/ages.ts';
import { speakerOf } from '../models/programs.ts';
import { everyoneOr } from '../models/reach.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** Since v0.15.3 every MetalLB program says in a ConfigurationState whether it could load its configuration. */
export const programsAcceptConfiguration = defineCheck({
  id: 'MLB-I10',
  asks: 'Do the controller and the speakers say that their configuration is valid?',
  symptoms: ['pending', 'health'],
  causes: ['config-rejected'],
  needs: ['configurationStates', 'ipAddressPools', 'deployments', 'daemonSets', 'pods'],
  helps: ['namespaces', 'communities'],
  basis: 'observed',
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    return configurationOf(facts)?.state === 'rejected'
      ? 'the pools themselves cannot be loaded (MLB-I09)'
      : undefined;
  },
  run: (facts, subject) => {
    const nodes = new Set(speakerOf(facts)?.pods.map((pod) => pod.spec.nodeName));
    const invalid = facts.configurationStates
      .filter((state) => state.status.result === 'Invalid' && isAlive(state, nodes))
      .filter((state) => isAsked(state, subject !== undefined))
      .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
    const [first] = invalid;
    if (first === undefined) {
      return [];
    }
    const names = invalid.map((state) => state.metadata.name);
    return [
      {
        cause: 'config-rejected',
        severity: 'error',
        about: refOf(first),
        affects: everyoneOr(subject),
        says: `MetalLB refuses its configuration: ${names.join(', ')} ${names.length === 1 ? 'says' : 'say'} so`,
        details: invalid.flatMap((state) => [
          `${state.metadata.name}${agoText(heartbeatOf(state), facts.takenAt)}: ${state.status.errorSummary ?? 'Invalid'}`,
        ]),
        because: invalid.map((state) =>
          seenField(refOf(state), 'status.errorSummary', state.status.errorSummary ?? 'Invalid'),
        ),
        doubts: ['the program that wrote this no longer runs, and its word is old'],
        suggests: [
          {
            says: 'correct the object that is named',
            command: kubectl`-n ${first.metadata.namespace ?? 'metallb-system'} get configurationstates.metallb.io -o yaml`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

/** A pending Service only depends on what the controller holds. */
function isAsked(state: ConfigurationState, controllerOnly: boolean): boolean {
  return !controllerOnly || state.metadata.name === 'controller';
}

/** v0.15.3 leaves the states of speakers behind whose node is gone. */
function isAlive(state: ConfigurationState, nodes: ReadonlySet<string | undefined>): boolean {
  const node = state.metadata.labels['metallb.io/node-name'];
  return node === undefined || nodes.has(node);
}

function heartbeatOf(state: ConfigurationState): string | undefined {
  return state.status.conditions.find((each) => each.status === 'False')?.lastTransitionTime;
}
