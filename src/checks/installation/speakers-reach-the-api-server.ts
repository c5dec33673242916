import { defineCheck } from '../../core/diagnosis/check.ts';
import { apiServerFindings } from '../models/programs/api-server-trouble.ts';
import { speakerOf } from '../models/programs/programs.ts';

/** A speaker without a way to the API server announces what it knew last, or nothing. */
export const speakersReachTheAPIServer = defineCheck({
  id: 'MLB-I29',
  asks: 'Do the speakers get through to a healthy API server?',
  symptoms: ['health'],
  causes: ['api-server-unreachable', 'api-server-troubled'],
  needs: ['pods'],
  helps: [
    'deployments',
    'daemonSets',
    'speakerLogs',
    'services',
    'ipAddressPools',
    'namespaces',
    'communities',
  ],
  basis: 'observed',
  skipWhen: ({ installation, speakerLogs }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return speakerLogs.state === 'read' ? undefined : 'no log of a speaker was read';
  },
  run: (facts, subject) =>
    apiServerFindings(speakerOf(facts), { ...facts, controllerLogs: { state: 'absent' } }, subject),
});
