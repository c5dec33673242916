import { expect, test } from 'vitest';
import { openPodHands } from '../../../../src/core/cluster/live/open-live-cluster.ts';
import { OutsideError } from '../../../../src/core/facts/errors.ts';
import { fakeApi, sendJson, sendStatus, type Fault } from '../fake-api-server.ts';
import { never } from '../gathering.ts';

const of = { namespace: 'metallb-system', name: 'triage-look-1' };
const refusing = (code: number, message: string): Fault => ({
  path: /./,
  answer: (response) => sendStatus(response, code, message),
});

async function handsOf(...faults: readonly Fault[]) {
  const api = await fakeApi({ faults });
  const hands = await openPodHands({ kind: 'live', kubeconfig: api.kubeconfig });
  return { api, hands };
}

test.each([
  [
    403,
    'pods "triage-look-1" is forbidden: violates PodSecurity "restricted:latest": host namespaces (hostNetwork=true)',
    /violates PodSecurity/,
    /--probe-namespace/,
  ],
  [
    403,
    'pods "triage-look-1" is forbidden: exceeded quota: few, requested: pods=1, used: pods=5, limited: pods=5',
    /exceeded quota: few/,
    /namespace without that limit/,
  ],
  [
    403,
    'pods is forbidden: User "oncall" cannot create resource "pods" in API group ""',
    /cannot create resource/,
    /triage rbac --probe/,
  ],
  [
    403,
    'pods "triage-look-1" is forbidden: unable to validate against any security context constraint: []',
    /security context constraint/,
    /hostnetwork-v2/,
  ],
  [404, 'namespaces "gone" not found', /namespaces "gone" not found/, /--probe/],
  [500, 'admission webhook "policy.example" denied the request', /denied the request/, /--probe/],
])('%i %s', async (code, words, says, advice) => {
  const { api, hands } = await handsOf(refusing(code, words));
  await using _ = api;
  const error = await hands.create({}, of, never).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OutsideError);
  expect(String(error)).toMatch(says);
  expect((error as OutsideError).suggestions.join('\n')).toMatch(advice);
  expect(api.calls.map(({ method }) => method)).toEqual(['POST']);
});

test.each([
  [
    'a waiting container',
    {
      phase: 'Pending',
      containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'm' } } }],
    },
    ['Pending', 'ImagePullBackOff', 'm'],
  ],
  [
    'a Pod that no kubelet took',
    {
      phase: 'Pending',
      conditions: [
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' },
      ],
    },
    ['Pending', 'Unschedulable', '0/3 nodes'],
  ],
  [
    'a Pod that the kubelet refused',
    { phase: 'Failed', reason: 'OutOfpods', message: 'full' },
    ['Failed', 'OutOfpods', 'full'],
  ],
  [
    'a Pod that is over',
    {
      phase: 'Succeeded',
      containerStatuses: [{ state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
    },
    ['Succeeded', 'Completed', undefined],
  ],
  ['no status yet', {}, ['Pending', undefined, undefined]],
])('%s is told in the words of the cluster', async (_, status, told) => {
  const { api, hands } = await handsOf({
    path: /./,
    answer: (response) => sendJson(response, 200, { kind: 'Pod', status }),
  });
  await using _api = api;
  const progress = await hands.progress(of, never);
  expect([progress?.phase, progress?.reason, progress?.message]).toEqual(told);
});

test('a Pod that is gone is no failure: not for who looks, and not for who removes it', async () => {
  const { api, hands } = await handsOf(refusing(404, 'not found'));
  await using _ = api;
  expect(await hands.progress(of, never)).toBe(undefined);
  expect(await hands.remove(of, never)).toBe('absent');
  await expect(hands.log(of, never)).rejects.toThrow(/read the log of Pod metallb-system/);
});

test('a broken connection is told, and no request is made twice', async () => {
  const { api, hands } = await handsOf({
    path: /./,
    answer: (_, request) => void request.socket.destroy(),
  });
  await using _ = api;
  await expect(hands.create({}, of, never)).rejects.toThrow(/did not answer/);
  await expect(hands.remove(of, never)).rejects.toThrow(/did not answer/);
  expect(api.calls.map(({ method }) => method)).toEqual(['POST', 'DELETE']);
});
