import { defineCheck } from '../../core/diagnosis/check.ts';
import { crashFindings } from '../models/programs/crash-trouble.ts';
import { speakerOf } from '../models/programs/programs.ts';

/** A node whose speaker crashes announces nothing. */
export const speakersKeepRunning = defineCheck({
  id: 'MLB-I13',
  asks: 'Do the speakers keep running?',
  symptoms: ['health'],
  causes: ['speaker-crash-looping'],
  needs: ['pods'],
  helps: ['deployments', 'daemonSets', 'speakerLogs'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) =>
    crashFindings(
      { program: speakerOf(facts), logs: facts.speakerLogs, takenAt: facts.takenAt },
      subject,
    ),
});
