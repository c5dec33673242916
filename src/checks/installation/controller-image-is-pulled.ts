import { defineCheck } from '../../core/diagnosis/check.ts';
import { imageFindings } from '../models/programs/image-trouble.ts';
import { controllerOf } from '../models/programs/programs.ts';

/** A container whose image cannot be pulled never starts. */
export const controllerImageIsPulled = defineCheck({
  id: 'MLB-I04',
  asks: `Can the controller's image be pulled?`,
  symptoms: ['pending', 'health'],
  causes: ['controller-image-pull-failing'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => imageFindings(controllerOf(facts), facts, subject),
});
