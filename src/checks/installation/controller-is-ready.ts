import { defineCheck } from '../../core/diagnosis/check.ts';
import { controllerOf } from '../models/programs/programs.ts';
import { unreadyFindings } from '../models/programs/unready-trouble.ts';

/** A controller that is not Ready has not loaded everything it decides by, or cannot be reached. */
export const controllerIsReady = defineCheck({
  id: 'MLB-I06',
  asks: 'Is the controller ready?',
  symptoms: ['pending', 'health'],
  causes: ['controller-not-ready'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events', 'nodes'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => unreadyFindings(controllerOf(facts), facts, subject),
});
