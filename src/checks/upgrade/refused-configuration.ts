import { factsFrom, type Material } from '../../core/diagnosis/material.ts';
import { configurationOf, namespacesIfSelected } from '../models/configuration/configuration.ts';
import { missingOf, type Move, type RuleResult } from './rule.ts';

const needs = ['ipAddressPools'] as const;
const helps = ['namespaces', 'communities'] as const;

/** What a configuration that is refused already comes to: programs that start have none to go on with. */
export function refusedConfiguration(material: Material, move: Move): RuleResult {
  const facts = factsFrom(material, needs, helps);
  const missing = missingOf([...needs, ...namespacesIfSelected(facts)], material);
  const configuration = configurationOf(facts);
  if (move.from === move.to || missing.length > 0 || configuration?.state !== 'rejected') {
    return { changes: [], missing };
  }
  return {
    missing,
    changes: [
      {
        id: 'configuration-lost',
        weight: 'breaks',
        release: move.to,
        reference: undefined,
        basis: 'seen',
        title: 'every change of release restarts controller and speakers',
        says: 'MetalLB refuses the configuration as it stands: what runs goes on with an older one, what starts has none, hands nothing out and announces nothing',
        details: configuration.problems.map(
          ({ object, message }) => `${object.kind} ${object.name}: ${message}`,
        ),
        objects: configuration.problems.map(({ object }) => object),
        before: [
          {
            says: 'mend what is refused first; the answer names it',
            command: 'triage health',
            mutates: false,
          },
        ],
      },
    ],
  };
}
