import { describe, expect, test } from 'vitest';
import { kindsOfFile } from '../../../src/core/cluster/recorded/kinds-of-file.ts';
import { factNames, kinds } from '../../../src/core/cluster/kinds.ts';
import { collectCommand } from '../../../src/core/diagnosis/missing.ts';
import { aimedAt, aimedMissing, asItStands } from '../../../src/core/report/aim.ts';
import { intoDump } from '../../../src/core/report/into-dump.ts';
import { pendingDiagnosis } from './sample.ts';

const home = { namespace: 'lb' };

describe('what a directory lacks is written into it', () => {
  test.each([
    ['kubectl get nodes -o yaml', 'kubectl get nodes -o yaml >dump/nodes.yaml'],
    ['kubectl get services -A -o yaml', 'kubectl get services -A -o yaml >dump/services.yaml'],
    [
      'kubectl -n lb get bgppeers.metallb.io -o yaml',
      'kubectl get bgppeers.metallb.io -A -o yaml >dump/bgppeers.metallb.io.yaml',
    ],
    ['kubectl -n lb get pods -o yaml', 'kubectl -n lb get pods -o yaml >dump/pods-lb.yaml'],
    [
      'kubectl -n lb get configmap config -o yaml',
      'kubectl -n lb get configmap config -o yaml >dump/configmap-config.yaml',
    ],
    [
      'kubectl -n lb logs daemonset/speaker --tail=200',
      'for pod in $(kubectl -n lb get pods -o name | grep /speaker-); do kubectl -n lb logs $pod -c speaker --tail=200 >dump/${pod#pod/}.log; done',
    ],
    ['triage no-traffic a/b --probe   # there', 'triage no-traffic a/b --probe   # there'],
  ])('%s', (command, into) => {
    expect(intoDump(command, 'dump/')).toBe(into);
  });

  test('whatever the directory is called', () => {
    expect(intoDump('kubectl get nodes -o yaml', "it's here")).toBe(
      `kubectl get nodes -o yaml >'it'\\''s here/nodes.yaml'`,
    );
    expect(intoDump('kubectl get nodes -o yaml', '/')).toContain('>//nodes.yaml');
  });
});

test.each(factNames.filter((name) => name !== 'pods' && name !== 'configMaps'))(
  'the file of %s tells its kind, even when it holds none',
  (name) => {
    const command = intoDump(collectCommand(name, home), 'dump');
    const { group, kind } = kinds[name];
    expect(kindsOfFile(command.split('>').at(-1) ?? '')).toEqual([{ group, kind }]);
  },
);

describe('an answer about a directory', () => {
  const missing = {
    fact: 'nodes',
    why: 'the dump holds none',
    permission: undefined,
    collect: 'kubectl get nodes -o yaml',
  };
  const aim = { ...asItStands, directory: 'dump' };
  const into = 'kubectl get nodes -o yaml >dump/nodes.yaml';

  test('names the file wherever it tells what is missing', () => {
    expect(aimedMissing(missing, aim).collect).toBe(into);
    const { unknowns, next } = aimedAt(
      { ...pendingDiagnosis, unknowns: [missing], next: [missing.collect, 'kubectl get pods'] },
      aim,
    );
    expect(unknowns).toEqual([{ ...missing, collect: into }]);
    expect(next).toEqual([into, 'kubectl get pods']);
  });
});
