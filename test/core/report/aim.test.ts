import { describe, expect, test } from 'vitest';
import { aimedAt, aimedCommand, asItStands, type Aim } from '../../../src/core/report/aim.ts';
import { pendingDiagnosis, poolExhausted } from './sample.ts';

const context = { name: 'context', text: '--context=low' };
const user = { name: 'as', text: '--as=oncall' };
const namespace = { name: 'metallb-namespace', text: '--metallb-namespace=lb' };
const aim: Aim = { kubectl: [context], triage: [context, namespace] };

describe('a told command goes to the cluster that was asked', () => {
  test.each([
    ['kubectl get nodes', 'kubectl --context=low get nodes'],
    [
      'echo \'{"a":"kubectl b"}\' | kubectl apply -f -',
      'echo \'{"a":"kubectl b"}\' | kubectl --context=low apply -f -',
    ],
    [
      'kubectl get service a -o yaml | sed s/a/b/ | kubectl replace --force -f -',
      'kubectl --context=low get service a -o yaml | sed s/a/b/ | kubectl --context=low replace --force -f -',
    ],
    [
      'kubectl delete pod a && kubectl get pods',
      'kubectl --context=low delete pod a && kubectl --context=low get pods',
    ],
    [
      'kubectl delete pod $(kubectl get pod -o name)',
      'kubectl --context=low delete pod $(kubectl --context=low get pod -o name)',
    ],
    [
      'kubectl get crd -o name | grep metallb.io',
      'kubectl --context=low get crd -o name | grep metallb.io',
    ],
    [
      'kubectl get pods -o name | xargs -r kubectl delete',
      'kubectl --context=low get pods -o name | xargs -r kubectl --context=low delete',
    ],
    [
      'curl -v telnet://10.0.0.1:80   # from outside; kubectl is not needed',
      'curl -v telnet://10.0.0.1:80   # from outside; kubectl is not needed',
    ],
    [
      'kubectl get pods   # a comment | kubectl b',
      'kubectl --context=low get pods   # a comment | kubectl b',
    ],
    ['kubectl --context=high get nodes', 'kubectl --context=high get nodes'],
    ['kubectl config get-contexts', 'kubectl config get-contexts'],
    [
      "kubectl annotate service a 'b=kubectl; kubectl c'",
      "kubectl --context=low annotate service a 'b=kubectl; kubectl c'",
    ],
    ['triage health', 'triage health --context=low --metallb-namespace=lb'],
    [
      'kubectl triage pending a/b',
      'kubectl triage pending a/b --context=low --metallb-namespace=lb',
    ],
    ['triage explain pool-exhausted', 'triage explain pool-exhausted'],
    [
      'triage rbac --user a | kubectl apply -f -',
      'triage rbac --user a --metallb-namespace=lb | kubectl --context=low apply -f -',
    ],
    ['try again, or --debug', 'try again, or --debug'],
  ])('%s', (command, aimed) => {
    expect(aimedCommand(command, aim)).toBe(aimed);
    expect(aimedCommand(aimed, aim)).toBe(aimed);
  });

  test('a command that speaks for somebody else keeps doing so', () => {
    const command = 'kubectl auth can-i list pods --as=system:serviceaccount:a:b';
    expect(aimedCommand(command, { kubectl: [user], triage: [] })).toBe(command);
  });

  test('a look at the wire is taken where the cluster is, not in a recording of it', () => {
    const flags = [
      { name: 'from', text: '--from=dump' },
      { name: 'metallb-namespace', text: '--metallb-namespace=lb' },
    ];
    const to = (command: string) => aimedCommand(command, { kubectl: [], triage: flags });
    expect(to('triage no-traffic shop/web')).toBe(
      'triage no-traffic shop/web --from=dump --metallb-namespace=lb',
    );
    expect(to('triage no-traffic shop/web --from-node n1')).toBe(
      'triage no-traffic shop/web --from-node n1 --metallb-namespace=lb',
    );
    expect(to('triage no-traffic shop/web --probe')).toBe(
      'triage no-traffic shop/web --probe --metallb-namespace=lb',
    );
  });

  test('nothing is added where nothing was chosen', () => {
    expect(aimedCommand('kubectl get nodes', asItStands)).toBe('kubectl get nodes');
  });
});

test('no command of a diagnosis is forgotten', () => {
  const remedy = { says: 'look', command: 'kubectl get nodes', mutates: false };
  const missing = { fact: 'a', why: 'b', permission: undefined, collect: 'kubectl get nodes' };
  const { cause, check, severity, about, says, details } = poolExhausted;
  const finding = { cause, check, severity, about, says, details, affects: [], because: [] };
  const aimed = aimedAt(
    {
      ...pendingDiagnosis,
      rootCauses: [{ ...poolExhausted, remedies: [remedy, { says: 'wait', mutates: false }] }],
      unknowns: [missing, { ...missing, collect: undefined }],
      verdicts: [
        { check, asks: '?', verdict: 'fail', findings: [{ ...finding, suggests: [remedy] }] },
        { check, asks: '?', verdict: 'unknown', missing: [missing] },
      ],
      next: ['kubectl get nodes'],
    },
    aim,
  );
  const all = JSON.stringify(aimed).match(/"kubectl[^"]*"/g);
  expect(all).toEqual(Array.from({ length: 5 }, () => '"kubectl --context=low get nodes"'));
});
