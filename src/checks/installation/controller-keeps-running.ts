import { defineCheck } from '../../core/diagnosis/check.ts';
import { crashFindings } from '../models/programs/crash-trouble.ts';
import { controllerOf } from '../models/programs/programs.ts';

/** A controller that ends before it has loaded its configuration allocates nothing. */
export const controllerKeepsRunning = defineCheck({
  id: 'MLB-I05',
  asks: 'Does the controller keep running?',
  symptoms: ['pending', 'health'],
  causes: ['controller-crash-looping'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'controllerLogs'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) =>
    crashFindings(
      { program: controllerOf(facts), logs: facts.controllerLogs, takenAt: facts.takenAt },
      subject,
    ),
});
