import { defineCheck } from '../../core/diagnosis/check.ts';
import { namespacesIfSelected } from '../models/configuration/configuration.ts';
import { allocationHelps, allocationNeeds } from '../models/allocation/refusals.ts';

/** Not one of the catalogue: asked only to learn which of the facts that decide are missing. */
export const whatMustBeKnown = defineCheck({
  id: 'MLB-A00',
  asks: 'Is everything known that MetalLB decides by?',
  symptoms: [],
  causes: [],
  needs: allocationNeeds,
  helps: allocationHelps,
  alsoNeeds: namespacesIfSelected,
  run: () => [],
});
