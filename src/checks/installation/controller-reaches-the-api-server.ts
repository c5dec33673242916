import { defineCheck } from '../../core/diagnosis/check.ts';
import { apiServerFindings } from '../models/programs/api-server-trouble.ts';
import { controllerOf } from '../models/programs/programs.ts';

/** All that the controller knows and does goes through the API server. */
export const controllerReachesTheAPIServer = defineCheck({
  id: 'MLB-I28',
  asks: 'Does the controller get through to a healthy API server?',
  symptoms: ['pending', 'health'],
  causes: ['api-server-unreachable', 'api-server-troubled'],
  needs: ['pods'],
  helps: [
    'deployments',
    'daemonSets',
    'controllerLogs',
    'services',
    'ipAddressPools',
    'namespaces',
    'communities',
  ],
  basis: 'observed',
  skipWhen: ({ installation, controllerLogs }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return controllerLogs.state === 'read' ? undefined : 'no log of the controller was read';
  },
  run: (facts, subject) =>
    apiServerFindings(controllerOf(facts), { ...facts, speakerLogs: { state: 'absent' } }, subject),
});
