import type { Found } from '../../../core/diagnosis/check.ts';
import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { ConfigurationState } from '../../../core/facts/kube-objects.ts';
import { agoText } from '../ages.ts';
import { refOf } from '../references.ts';
import { seenField } from '../seen.ts';
import { someOf } from '../../../core/facts/in-words.ts';

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
    says: `MetalLB refuses its configuration: ${someOf(names)} ${names.length === 1 ? 'says' : 'say'} so`,
    details: saidBy(invalid, now),
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

/** What several say in the same words is told once. */
function saidBy(invalid: readonly ConfigurationState[], now: string): readonly string[] {
  const byWords = Map.groupBy(invalid, ({ status }) => status.errorSummary ?? 'Invalid');
  return [...byWords].map(([words, states]) => {
    const names = someOf(states.map(({ metadata }) => metadata.name));
    const newest = states
      .flatMap((state) => heartbeatOf(state) ?? [])
      .toSorted()
      .at(-1);
    return `${names}${agoText(newest, now)}: ${words.replaceAll('\n', '; ')}`;
  });
}

function heartbeatOf(state: ConfigurationState): string | undefined {
  return state.status.conditions.find((each) => each.status === 'False')?.lastTransitionTime;
}

/** The node of the speaker that wrote it, undefined for the controller's. v0.15.3 leaves those of removed nodes behind. */
export function nodeOfState({ metadata }: ConfigurationState): string | undefined {
  return (
    metadata.labels['metallb.io/node-name'] ??
    (metadata.name.startsWith('speaker-') ? metadata.name.slice('speaker-'.length) : undefined)
  );
}
