import { keyOf } from '../../core/facts/object-ref.ts';
import { goesDark, passingAddresses } from '../../core/metallb/order-ranks.ts';
import { endingText, type OrderedCourse } from '../../core/metallb/what-if-course.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { AdmittedWrite } from '../../core/metallb/write-orders.ts';

const ordersTold = 3;

/** Whether it matters what is written first, and what happens on the way. */
export function orderNotes(told: WhatIf, now: readonly string[]): readonly string[] {
  const { otherOrders, ordersTried } = told;
  const byDifference = new Map(
    otherOrders
      .toReversed()
      .map((other) => [differenceText(other, told, now), orderText(other.writes)] as const),
  );
  const differences = [...byDifference].toReversed();
  return [
    ...onTheWay(told, told, now),
    ...differences
      .slice(0, ordersTold)
      .map(([difference, order]) => `the order matters: ${order}, ${difference}`),
    ...(otherOrders.length === 0 && ordersTried > 1
      ? ['the order does not matter: every order of these changes ends the same']
      : []),
  ];
}

/** `with pool lan first, then the Service`. */
function orderText(writes: readonly AdmittedWrite[]): string {
  const names = writes.map(({ write }) =>
    write.kind === 'pool' ? `pool ${write.step.name}` : 'the Service',
  );
  const [first = '', ...rest] = names;
  return `with ${first} first${rest.length === 0 ? '' : `, then ${rest.join(', then ')}`}`;
}

function onTheWay(
  course: OrderedCourse,
  { service }: Pick<WhatIf, 'service'>,
  now: readonly string[],
): readonly string[] {
  const key = keyOf(service.metadata);
  const passing = passingAddresses(course, now);
  return [
    ...(goesDark(course, now)
      ? [`between the steps ${key} may be without an address: an outage, in whichever order`]
      : []),
    ...(passing.length === 0
      ? []
      : [`between the steps ${key} has ${passing.join(' or ')}, which it loses again`]),
  ];
}

/** What somebody who writes in the other order meets. */
function differenceText(other: OrderedCourse, told: WhatIf, now: readonly string[]): string {
  const key = keyOf(told.service.metadata);
  const [refused] = other.writes.filter(({ admission }) => !admission.allowed);
  const isRefusedHere = told.writes.some(({ admission }) => !admission.allowed);
  if (refused?.write.kind === 'pool' && !refused.admission.allowed && !isRefusedHere) {
    const [message = ''] = refused.admission.messages;
    return `the webhook refuses pool ${refused.write.step.name}: ${message}`;
  }
  if (other.endings.map(endingText).join('\n') !== told.endings.map(endingText).join('\n')) {
    const ends = other.endings.map(({ addresses }) =>
      addresses.length === 0 ? 'nothing' : addresses.join(' and '),
    );
    return `${key} ${ends.length > 1 ? 'may get' : 'gets'} ${ends.join(' or ')}`;
  }
  if (goesDark(other, now)) {
    return `${key} may be without an address in between: an outage`;
  }
  const passing = passingAddresses(other, now);
  return passing.length > 0
    ? `${key} has ${passing.join(' or ')} in between, which it loses again`
    : 'other Services get other addresses';
}
