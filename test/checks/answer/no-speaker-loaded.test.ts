import { expect, test } from 'vitest';
import { aPool, home } from '../../builders/some-objects.ts';
import { askedOf, segment, waysIn } from './traffic.ts';

/** Speakers that are ahead of the controller refuse what it takes. */
const ahead = segment
  .withPool(aPool('odd', '10.9.0.1-2001:db8::1'))
  .withInstallation({ controllerVersion: 'v0.16.1', speakerVersion: 'v0.16.2' });

test('where no speaker takes its configuration and no check found why, nothing is said to be in order', () => {
  const { outcome, headline, next } = askedOf(ahead);
  expect({ outcome, headline, next }).toEqual({
    outcome: 'unknown',
    headline:
      "nothing certain was found that stops traffic to shop/checkout; by MetalLB's rules no speaker takes its configuration, and no check found why",
    next: [
      `kubectl -n ${home} logs -l component=speaker -c speaker --prefix --tail=-1 | grep '"level":"error"'`,
      'curl -v --connect-timeout 3 telnet://10.4.11.3:80',
    ],
  });
});

test('the way says that it is not known', () => {
  expect(waysIn(ahead)[0]?.[1]).toBe(
    'eligible unknown: not to be told: no speaker takes its configuration',
  );
});
