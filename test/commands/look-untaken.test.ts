import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { fakeApi, type Fault, sendJson, sendStatus } from '../core/cluster/fake-api-server.ts';
import { runHere } from './in-process.ts';

const healthy = join(import.meta.dirname, '../incidents/port-refused/healthy');

/** Every document of the recording: its Service is in order. */
function objects(): readonly unknown[] {
  return ['cluster', 'metallb', 'workload'].flatMap((name) =>
    readFileSync(join(healthy, `${name}.yaml`), 'utf8')
      .split(/^---$/m)
      .flatMap((text) => (parse(text) as { items?: readonly unknown[] }).items ?? []),
  );
}

/** As the API server hands them out: `namespace/pod/container`. */
const logs = Object.fromEntries(
  globSync('logs/*/*/*.log', { cwd: healthy }).map((path) => [
    path
      .replace(/^logs\//, '')
      .replace(/(\.previous)?\.log$/, (_, old) => (old ? '?previous' : '')),
    readFileSync(join(healthy, path), 'utf8'),
  ]),
);

const onPods = (method: string, answer: Fault['answer']): Fault => ({
  path: /\/pods(?:\/triage-look|$)/,
  answer: (response, request) => {
    if (request.method === method) {
      answer(response, request);
    } else if (request.method === 'GET') {
      sendJson(response, 200, { status: { phase: 'Pending' } });
    } else {
      sendJson(response, 201, {});
    }
  },
});

const noImage = {
  status: {
    phase: 'Pending',
    containerStatuses: [
      { state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } },
    ],
  },
};

const troubles: readonly (readonly [string, string, Fault])[] = [
  [
    'forbidden',
    'no Pod could be made in namespace metallb-system',
    onPods('POST', (response) => sendStatus(response, 403, 'Forbidden')),
  ],
  [
    'refused at admission',
    'hostNetwork is not allowed',
    onPods('POST', (response) => sendStatus(response, 422, 'hostNetwork is not allowed')),
  ],
  [
    'without its image',
    'ImagePullBackOff: no such image',
    onPods('GET', (response) => sendJson(response, 200, noImage)),
  ],
];

const ask = (kubeconfig: string, ...more: readonly string[]) =>
  ['shop/checkout', '--kubeconfig', kubeconfig, '--from-node', 'worker-1', ...more] as const;

test.each(troubles)('a Pod that is %s costs the look and not the answer', async (_, why, fault) => {
  await using api = await fakeApi({ objects: objects(), logs, faults: [fault] });
  const { stdout, stderr, code } = await runHere('no-traffic', [...ask(api.kubeconfig, '--yes')]);
  const told = (text: string) => text.replaceAll(/\s+/g, ' ');
  expect(code).toBe(3);
  expect(told(stderr)).toContain('the look from node worker-1 could not be taken');
  expect(told(stderr)).toContain(why);
  expect(told(stdout)).toContain('not everything could be looked at: a look at the wire');
  expect(told(stdout)).toMatch(
    /on the wire unknown the look from node worker-1 could not be taken/,
  );
  expect(stdout).toMatch(/data path +ok/);
});

test('what was found is told by its own exit code', async () => {
  const [, , fault] = troubles[0] ?? [];
  const gone = objects().filter((each) => (each as { kind: string }).kind !== 'L2Advertisement');
  await using api = await fakeApi({
    objects: gone,
    logs,
    faults: fault === undefined ? [] : [fault],
  });
  const { stdout, code } = await runHere('no-traffic', [
    ...ask(api.kubeconfig, '--yes', '-o', 'json'),
  ]);
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as { notices: readonly string[]; result: string };
  expect(report.result).toBe('problem');
  expect(report.notices).toContainEqual(
    expect.stringContaining('the look from node worker-1 could not be taken'),
  );
});

test('without agreement nothing is answered: that is a no', async () => {
  await using api = await fakeApi({ objects: objects() });
  const { code } = await runHere('no-traffic', [...ask(api.kubeconfig)]);
  expect(code).toBe(5);
});
