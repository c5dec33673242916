import { defineCheck } from '../../core/diagnosis/check.ts';
import { speakerOf } from '../models/programs/programs.ts';
import { unreadyFindings } from '../models/programs/unready-trouble.ts';

/** A speaker that is not Ready may not answer for the addresses of its node. */
export const speakersAreReady = defineCheck({
  id: 'MLB-I14',
  asks: 'Are the speakers ready?',
  symptoms: ['health'],
  causes: ['speaker-not-ready'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'events', 'nodes'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => unreadyFindings(speakerOf(facts), facts, subject),
});
