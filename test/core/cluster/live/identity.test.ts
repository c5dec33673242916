import { describe, expect, test } from 'vitest';
import { fakeApi, forbidding, sendJson, sendStatus, type Fault } from '../fake-api-server.ts';
import { gatherFrom } from '../gathering.ts';
import { aCluster } from '../sample-objects.ts';

const reviews = /^\/apis\/authentication\.k8s\.io\/v1\/selfsubjectreviews$/;

function knowsUsAs(username: string): Fault & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    path: reviews,
    answer: (response, request) => {
      asked.push(`${request.method} ${request.headers['content-type']}`);
      let content = '';
      request.on('data', (chunk: Buffer) => (content += chunk.toString()));
      request.on('end', () => {
        asked.push(content);
        sendJson(response, 201, { kind: 'SelfSubjectReview', status: { userInfo: { username } } });
      });
    },
  };
}

describe('who we are', () => {
  test('is asked of the server, which knows a service account by its full name', async () => {
    const review = knowsUsAs('system:serviceaccount:ops:triage');
    await using api = await fakeApi({ objects: aCluster(), faults: [review] });
    const { target, receipt } = await gatherFrom(api, { identity: true });
    expect(target).toMatchObject({
      identity: 'system:serviceaccount:ops:triage',
      identityFrom: 'server',
    });
    expect(review.asked).toEqual([
      'POST application/json',
      '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}',
    ]);
    expect(receipt).toMatchObject({ calls: api.calls.length, lists: 10 });
  });

  test('is not asked unless it is wanted', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    const { target } = await gatherFrom(api);
    expect(target.identity).toBe('oncall');
    expect(target).not.toHaveProperty('identityFrom');
    expect(api.paths().filter((path) => reviews.test(path))).toEqual([]);
  });

  test.each([
    ['denied', forbidding(reviews)],
    [
      'not served',
      {
        path: reviews,
        answer: (response) => sendStatus(response, 404, 'no such resource'),
      } satisfies Fault,
    ],
  ])('stays what the kubeconfig calls it where that is %s', async (_, fault) => {
    await using api = await fakeApi({ objects: aCluster(), faults: [fault] });
    const { target, readings } = await gatherFrom(api, { identity: true });
    expect(target.identity).toBe('oncall');
    expect(target).not.toHaveProperty('identityFrom');
    expect(readings.services.state).toBe('read');
  });
});

describe('--metallb-namespace', () => {
  test('without MetalLB is refused with the namespace it is in', async () => {
    await using api = await fakeApi({ objects: aCluster() });
    await expect(gatherFrom(api, {}, { metallbNamespace: 'foo' })).rejects.toMatchObject({
      name: 'UsageError',
      message: 'no MetalLB is in namespace foo: it is in namespace metallb-system',
      suggestions: ['leave --metallb-namespace out: MetalLB is found without it'],
    });
  });

  test('is taken as it is by who cannot see the workloads', async () => {
    const faults = [forbidding(/^\/apis\/apps\//)];
    await using api = await fakeApi({ objects: aCluster(), faults });
    const { installations } = await gatherFrom(api, {}, { metallbNamespace: 'foo' });
    expect(installations[0]?.namespace).toBe('foo');
  });

  test('may name a namespace where nothing is left but pools', async () => {
    const pool = { ...aCluster()[1], metadata: { name: 'old', namespace: 'net' } };
    await using api = await fakeApi({ objects: [...aCluster(), pool] });
    const { installations } = await gatherFrom(api, {}, { metallbNamespace: 'net' });
    expect(installations[0]).toMatchObject({
      namespace: 'net',
      foundBy: ['1 IPAddressPool in net'],
    });
  });
});
