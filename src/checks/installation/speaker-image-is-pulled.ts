import { defineCheck } from '../../core/diagnosis/check.ts';
import { imageFindings } from '../models/programs/image-trouble.ts';
import { speakerOf } from '../models/programs/programs.ts';

/** A container whose image cannot be pulled never starts. */
export const speakerImageIsPulled = defineCheck({
  id: 'MLB-I15',
  asks: `Can the speakers' image be pulled?`,
  symptoms: ['health'],
  causes: ['speaker-image-pull-failing'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => imageFindings(speakerOf(facts), facts, subject),
});
