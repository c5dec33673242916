import { defineCheck } from '../../core/diagnosis/check.ts';
import { configurationOf } from '../models/configuration/configuration.ts';
import { invalidStates } from '../models/configuration/invalid-states.ts';
import { everyoneOr } from '../models/reach.ts';

/** Since v0.15.3 every MetalLB program says in a ConfigurationState whether it could load its configuration. */
export const programsAcceptConfiguration = defineCheck({
  id: 'MLB-I10',
  asks: 'Does the controller say that its configuration is valid?',
  symptoms: ['pending', 'health'],
  causes: ['config-rejected'],
  needs: ['configurationStates', 'ipAddressPools'],
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
    const invalid = facts.configurationStates.filter(
      ({ metadata, status }) =>
        metadata.name === 'controller' &&
        metadata.namespace === facts.installation?.namespace &&
        status.result === 'Invalid',
    );
    const found = invalidStates(invalid, facts.takenAt);
    return found === undefined ? [] : [{ ...found, affects: everyoneOr(subject) }];
  },
});
