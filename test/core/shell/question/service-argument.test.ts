import { describe, expect, test } from 'vitest';
import { parseService } from '../../../../src/core/cluster/parse/service.ts';
import { UsageError } from '../../../../src/core/facts/errors.ts';
import type { Service } from '../../../../src/core/facts/kube-objects.ts';
import type { Reading } from '../../../../src/core/facts/reading.ts';
import {
  pendingServices,
  theService,
  wantedService,
} from '../../../../src/core/shell/question/service-argument.ts';

function service(key: string, type = 'LoadBalancer', ip?: string): Service {
  const [namespace, name] = key.split('/');
  return parseService({
    kind: 'Service',
    metadata: { namespace, name },
    spec: { type },
    status: { loadBalancer: { ingress: ip === undefined ? [] : [{ ip }] } },
  });
}

const services: Reading<Service> = {
  state: 'read',
  items: [
    service('shop/checkout'),
    service('shop/search', 'LoadBalancer', '10.0.0.1'),
    service('blog/web', 'ClusterIP'),
    service('shop/web'),
  ],
};

function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) {
      return [error.message, ...error.suggestions].join('\n');
    }
    throw error;
  }
  return 'nothing was said';
}

describe('wantedService', () => {
  test.each([
    ['shop/checkout', undefined, { namespace: 'shop', name: 'checkout' }],
    ['checkout', 'shop', { namespace: 'shop', name: 'checkout' }],
    ['checkout', undefined, { namespace: undefined, name: 'checkout' }],
    ['svc/checkout', 'shop', { namespace: 'shop', name: 'checkout' }],
    ['shop/checkout', 'shop', { namespace: 'shop', name: 'checkout' }],
  ])('%s with -n %s', (argument, namespace, wanted) => {
    expect(wantedService(argument, namespace)).toEqual(wanted);
  });

  test.each([
    ['a/b/c', undefined],
    ['/b', undefined],
    ['a/', undefined],
    ['', undefined],
    ['shop/checkout', 'blog'],
  ])('%s with -n %s is refused', (argument, namespace) => {
    expect(() => wantedService(argument, namespace)).toThrow(UsageError);
  });
});

test('a namespace from the environment gives way to the one that was typed', () => {
  const typed = (...words: readonly string[]) => wantedService('shop/checkout', 'blog', words);
  expect(typed('shop/checkout')).toEqual({ namespace: 'shop', name: 'checkout' });
  expect(() => typed('shop/checkout', '-nblog')).toThrow('name two namespaces');
  expect(wantedService('checkout', 'blog', ['checkout'])).toEqual({
    namespace: 'blog',
    name: 'checkout',
  });
});

describe('theService', () => {
  test('a name alone is enough when it is unique', () => {
    const found = theService({ namespace: undefined, name: 'checkout' }, services);
    expect(found?.metadata).toMatchObject({ namespace: 'shop', name: 'checkout' });
  });

  test('a name in several namespaces is listed', () => {
    expect(said(() => theService({ namespace: undefined, name: 'web' }, services))).toBe(
      [
        'there are 2 Services called web: blog/web, shop/web',
        'triage pending blog/web',
        'triage pending shop/web',
      ].join('\n'),
    );
  });

  test('a name that is not there is offered its neighbours', () => {
    expect(said(() => theService({ namespace: undefined, name: 'chekout' }, services))).toBe(
      'there is no Service chekout in any namespace; did you mean shop/checkout?\n' +
        'triage pending shop/checkout',
    );
  });

  test('a name in the wrong namespace is offered the right one', () => {
    expect(said(() => theService({ namespace: 'blog', name: 'checkout' }, services))).toContain(
      'there is no Service checkout in namespace blog; did you mean shop/checkout?',
    );
  });

  test('where no Service wants an address at all, the cluster itself is in doubt', () => {
    const none: Reading<Service> = { state: 'read', items: [service('blog/web', 'ClusterIP')] };
    expect(said(() => theService({ namespace: undefined, name: 'checkout' }, none))).toBe(
      'there is no Service checkout in any namespace; no Service here is of type LoadBalancer at all: is this the right cluster?\n' +
        'kubectl config get-contexts',
    );
  });

  test('an address instead of a name leads to who holds it', () => {
    const sought = (name: string) =>
      said(() => theService({ namespace: undefined, name }, services));
    expect(sought('10.0.0.1')).toBe(
      '10.0.0.1 is an address: shop/search holds it\ntriage pending shop/search',
    );
    expect(sought('10.0.0.9')).toBe(
      '10.0.0.9 is an address, and no Service holds it\ntriage pools\ntriage arp 10.0.0.9',
    );
  });

  test('a name like no other is told what there is, what is pending first', () => {
    expect(said(() => theService({ namespace: undefined, name: 'zzzzzzzz' }, services))).toBe(
      [
        'there is no Service zzzzzzzz in any namespace; of type LoadBalancer there are shop/checkout, shop/web, shop/search',
        'triage pending shop/checkout',
        'triage pending shop/web',
        'triage pending shop/search',
      ].join('\n'),
    );
  });

  test('a name like no other of its namespace is told what that one has, what is pending first', () => {
    expect(said(() => theService({ namespace: 'shop', name: 'nope' }, services))).toBe(
      [
        'there is no Service nope in namespace shop; of type LoadBalancer it has shop/checkout, shop/web, shop/search',
        'triage pending shop/checkout',
        'triage pending shop/web',
        'triage pending shop/search',
      ].join('\n'),
    );
  });

  test('names like it are looked for in its own namespace, and beyond it when there is no such namespace', () => {
    expect(said(() => theService({ namespace: 'blog', name: 'wbe' }, services))).toContain(
      'no Service wbe in namespace blog; did you mean blog/web?\n',
    );
    expect(said(() => theService({ namespace: 'shpo', name: 'chekout' }, services))).toContain(
      'no Service chekout in namespace shpo; did you mean shop/checkout?\n',
    );
  });

  test('the command that is offered asks the same question again', () => {
    const asks = (key: string) => `triage watch ${key}`;
    expect(said(() => theService({ namespace: 'shop', name: 'serch' }, services, asks))).toContain(
      '\ntriage watch shop/search',
    );
  });

  test('a namespace that the dump leaves out is not said to lack the Service', () => {
    const dumped = { ...services, within: ['blog', 'shop'] };
    expect(said(() => theService({ namespace: 'media', name: 'radio' }, dumped))).toContain(
      'the dump holds nothing of namespace media: it covers only the namespaces blog and shop\n' +
        'dump again, all namespaces: kubectl cluster-info dump --all-namespaces',
    );
    expect(said(() => theService({ namespace: undefined, name: 'radio' }, dumped))).toContain(
      'the dump holds no Service radio: it covers only the namespaces blog and shop',
    );
    expect(said(() => theService({ namespace: 'shop', name: 'radio' }, dumped))).toContain(
      'there is no Service radio in namespace shop',
    );
  });

  test('nor is one that the reader may not look into', () => {
    const confined = { ...services, within: 'shop' };
    expect(said(() => theService({ namespace: undefined, name: 'radio' }, confined))).toBe(
      'there is no Service radio in namespace shop, and no other could be read\n' +
        'name the one it is in: triage pending NAMESPACE/NAME',
    );
  });

  test('where Services could not be read nobody says that one is missing', () => {
    const denied = { state: 'forbidden', verb: 'list', resource: 'services' } as const;
    expect(theService({ namespace: 'shop', name: 'checkout' }, denied)).toBeUndefined();
  });
});

test('pending are LoadBalancers without an address', () => {
  expect(pendingServices(services)).toEqual(['shop/checkout', 'shop/web']);
});
