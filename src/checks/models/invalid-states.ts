import type { Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { ConfigurationState } from '../../core/facts/kube-objects.ts';
import { agoText } from './ages.ts';
import { refOf } from './references.ts';
import { seenField } from './seen.ts';

/** What programs say of a configuration that they refuse, as one finding; undefined when none of them does. */
export function invalidStates(
  states: readonly ConfigurationState[],
  now: string,
): Omit<Found, 'affects'> | undefined {
  const invalid = states.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const [first] = invalid;
  if (first === undefined) {
    return undefined;
  }
  const names = invalid.map((state) => state.metadata.name);
  return {
    cause: 'config-rejected',
    severity: 'error',
    about: refOf(first),
    says: `MetalLB refuses its configuration: ${names.join(', ')} ${names.length === 1 ? 'says' : 'say'} so`,
    details: invalid.map(
      (state) =>
        `${state.metadata.name}${agoText(heartbeatOf(state), now)}: ${state.status.errorSummary ?? 'Invalid'}`,
    ),
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
  };
}

function heartbeatOf(state: ConfigurationState): string | undefined {
  return state.status.conditions.find((each) => each.status === 'False')?.lastTransitionTime;
}
