import { expect, test } from 'vitest';
import { refuserIn } from '../../../../src/checks/models/programs/refused-pods.ts';

test.each([
  [
    'pods "speaker-" is forbidden: unable to validate against any pod security policy: [spec.securityContext.hostNetwork: Invalid value: true]',
    { kind: 'admission', by: 'PodSecurityPolicy' },
  ],
  [
    'pods "speaker-x" is forbidden: violates PodSecurity "baseline:latest": host namespaces',
    { kind: 'pod-security', level: 'baseline' },
  ],
  ['pods "speaker-" is forbidden: error looking up service account a/b: not found', undefined],
])('%s', (message, refuser) => {
  expect(refuserIn(message)).toEqual(refuser);
});
