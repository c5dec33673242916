import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fakeApi, sendJson, sendStatus, type FakeApi } from '../core/cluster/fake-api-server.ts';
import { runAtTerminal } from './at-terminal.ts';
import { runHere } from './in-process.ts';

const recorded = join(import.meta.dirname, '../incidents/port-refused/healthy');

function objects(): readonly unknown[] {
  return ['cluster', 'metallb', 'workload'].flatMap((name) => {
    const { items = [] } = parse(
      readFileSync(join(recorded, `${name}.yaml`), 'utf8').split('\n---')[0] ?? '',
    ) as { items?: readonly unknown[] };
    return items;
  });
}

const output = [
  '@@ host worker-1',
  '@@ address 10.4.11.11',
  '@@ route',
  '10.4.11.11 dev eth0  src 10.4.0.11',
  '@@ device eth0',
  '    link/ether 0c:c4:7a:10:00:11 brd ff:ff:ff:ff:ff:ff',
  '    inet 10.4.0.11/16 scope global eth0',
  '@@ arping',
  'ARPING 10.4.11.11 from 10.4.0.11 eth0',
  'Unicast reply from 10.4.11.11 [52:54:00:8e:21:4d] 0.5ms',
  '@@ neighbours',
  'Unicast reply from 10.4.0.5 [0c:c4:7a:10:00:05] 0.5ms',
  'Unicast reply from 10.4.0.12 [0c:c4:7a:10:00:12] 0.5ms',
  '@@ table',
  '@@ port TCP 80',
  'exit 0',
  '@@ end',
  '',
].join('\n');

const pod = /^\/api\/v1\/namespaces\/[^/]+\/pods(?:\/triage-look-[0-9a-f]+(?:\/log)?)?(?:\?|$)/;
let api: FakeApi;
const made: unknown[] = [];
let mark = '';

beforeEach(async () => {
  made.length = 0;
  api = await fakeApi({
    objects: objects(),
    faults: [
      {
        path: /\/pods(?:\/triage-look|$)/,
        answer: (response, request) => {
          const path = request.url ?? '';
          if (request.method === 'POST') {
            let content = '';
            request.on('data', (chunk: Buffer) => (content += chunk.toString()));
            request.on('end', () => {
              // the Pod marks its own words with what it was told to
              mark = /@@([0-9a-f]+) host/.exec(content)?.[1] ?? '';
              made.push(JSON.parse(content));
              sendJson(response, 201, {});
            });
          } else if (path.includes('/log')) {
            response.end(output.replaceAll('@@ ', `@@${mark} `));
          } else if (path.includes('triage-look')) {
            sendJson(response, 200, { status: { phase: 'Succeeded' } });
          } else {
            sendStatus(response, 500, 'not expected');
          }
        },
      },
    ],
  });
});

afterEach(async () => {
  await api[Symbol.asyncDispose]();
});

const ask = (...more: readonly string[]) => [
  'shop/checkout',
  '--kubeconfig',
  api.kubeconfig,
  ...more,
];

/** What was done with Pods, in order. */
function deeds(): readonly string[] {
  return api.calls
    .filter(({ method, path }) => method !== 'GET' || (pod.test(path) && path.includes('triage')))
    .map(({ method, path }) => `${method} ${path.replace(/triage-look-[0-9a-f]+/, 'POD')}`)
    .filter((deed) => !deed.includes('selfsubjectreviews'));
}

const pods = '/api/v1/namespaces/metallb-system/pods';

describe('--from-node', () => {
  test('makes one Pod, reads it and takes it away, and tells what was seen', async () => {
    const { stdout, stderr } = await runHere(
      'no-traffic',
      ask('--from-node', 'worker-1', '--yes', '--image', 'tools.example/net:2'),
    );
    expect(deeds()).toEqual([
      `POST ${pods}`,
      `GET ${pods}/POD`,
      `GET ${pods}/POD/log?limitBytes=4194304`,
      `DELETE ${pods}/POD?gracePeriodSeconds=0`,
    ]);
    expect(stdout).toContain('52:54:00:8e:21:4d');
    expect(stdout).toContain('address-answered-by-stranger');
    expect(stderr).toContain('kind: Pod');
    expect(made).toMatchObject([
      {
        metadata: { namespace: 'metallb-system' },
        spec: {
          nodeName: 'worker-1',
          hostNetwork: true,
          restartPolicy: 'Never',
          activeDeadlineSeconds: expect.any(Number),
          automountServiceAccountToken: false,
          containers: [
            {
              image: 'tools.example/net:2',
              command: ['sh', '-c', expect.stringContaining('10.4.11.11')],
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { drop: ['ALL'], add: ['NET_RAW'] },
              },
            },
          ],
        },
      },
    ]);
  });

  test('shows the Pod, and makes none where nobody can agree', async () => {
    const { code, stderr } = await runHere('no-traffic', ask('--from-node', 'worker-1'));
    expect({ code, deeds: deeds() }).toEqual({ code: 5, deeds: [] });
    expect(stderr).toContain('kind: Pod');
    expect(stderr).toContain('--yes');
  });

  test('asks at a terminal, and Enter says no', async () => {
    const question = 'Make this Pod on node worker-1';
    const { text, code } = await runAtTerminal(['no-traffic', ...ask('--from-node', 'worker-1')], {
      presses: [{ seen: question, keys: '\r' }],
    });
    expect({ code, deeds: deeds() }).toEqual({ code: 5, deeds: [] });
    expect(text.indexOf('kind: Pod')).toBeGreaterThan(-1);
    expect(text.indexOf('kind: Pod')).toBeLessThan(text.indexOf(question));
    expect(text).toContain('no Pod was made');
  });

  test('goes on where the person agrees', async () => {
    const { text } = await runAtTerminal(['no-traffic', ...ask('--from-node', 'worker-1')], {
      presses: [{ seen: 'Make this Pod', keys: 'y\r' }],
    });
    expect(made).toHaveLength(1);
    expect(text).toContain('address-answered-by-stranger');
  });

  test('a node that is not there is told its likes, and nothing is made', async () => {
    const { code, stderr } = await runHere('no-traffic', ask('--from-node', 'worker-3', '--yes'));
    expect({ code, deeds: deeds() }).toEqual({ code: 2, deeds: [] });
    expect(stderr).toMatch(/there is no node worker-3[^]*--from-node worker-1/);
  });
});

test('without it nothing is written: every request is a GET, but who we are', async () => {
  for (const command of ['no-traffic', 'pending']) {
    await runHere(command, ask());
  }
  await runHere('health', ['--kubeconfig', api.kubeconfig]);
  expect(deeds()).toEqual([]);
  expect(api.calls.length).toBeGreaterThan(20);
});

test.each([
  [['--probe'], '--probe looks at the wire as it is now'],
  [['--from-node', 'worker-1'], '--from-node looks at the wire as it is now'],
])('%j makes no sense of a recording, and says why', async (words, said) => {
  const { code, stderr } = await runHere('no-traffic', [
    'shop/checkout',
    '--from',
    recorded,
    ...words,
  ]);
  expect(code).toBe(2);
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
});

test.each([
  [['--http'], '--http says how to look at the wire, and nobody is to look'],
  [['--count', '5'], '--count says how to look at the wire, and nobody is to look'],
  [['--udp', '--interface', 'eth1'], '--interface, --udp says how to look'],
  [['--yes'], '--from-node'],
  [['--probe-namespace', 'tools'], '--from-node'],
])('%j alone is refused: it would have no effect', async (words, said) => {
  const { code, stderr } = await runHere('no-traffic', ask(...words));
  expect({ code, deeds: deeds() }).toEqual({ code: 2, deeds: [] });
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(said);
});

test('what was seen before is told from the recording by itself', async () => {
  const sick = join(import.meta.dirname, '../incidents/address-answered-by-stranger/sick');
  const { code, stdout } = await runHere('no-traffic', ['shop/checkout', '--from', sick]);
  expect(code).toBe(1);
  expect(stdout).toContain('52:54:00:8e:21:4d');
});
