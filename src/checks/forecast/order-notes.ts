import { keyOf } from '../../core/facts/object-ref.ts';
import { goesDark, passingAddresses } from '../../core/metallb/order-ranks.ts';
import { endingText, type OrderedCourse } from '../../core/metallb/what-if-course.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { areAllTried, type AdmittedWrite } from '../../core/metallb/write-orders.ts';
import { refusedSteps } from './pool-changes.ts';

const ordersTold = 3;

/** Whether it matters what is written first, and what happens on the way. */
export function orderNotes(told: WhatIf, now: readonly string[]): readonly string[] {
  const { otherOrders, ordersTried } = told;
  const byDifference = new Map(
    otherOrders
      .toReversed()
      .map((other) => [differenceText(other, told, now), orderText(other.writes, told)] as const),
  );
  const differences = [...byDifference].toReversed();
  return [
    ...onTheWay(told, now),
    ...differences
      .slice(0, ordersTold)
      .map(([difference, order]) => `the order matters: ${order}, ${difference}`),
    ...(otherOrders.length === 0 && ordersTried > 1
      ? [
          `the order does not matter: every order ${isEveryOrder(told) ? 'of these changes' : 'that was tried'} ends the same`,
        ]
      : []),
  ];
}

/** False for many writes, where only some of their orders are tried. */
function isEveryOrder({ writes, isServiceWritten }: WhatIf): boolean {
  return areAllTried(isServiceWritten ? writes.length : writes.length - 1);
}

/** `with pool lan first, then the Service`. */
function orderText(
  writes: readonly AdmittedWrite[],
  { isServiceWritten }: Pick<WhatIf, 'isServiceWritten'>,
): string {
  const names = writes.flatMap(({ write }) => {
    if (write.kind === 'pool') {
      return [`pool ${write.step.name}`];
    }
    return isServiceWritten ? ['the Service'] : [];
  });
  const [first = '', ...rest] = names;
  return `with ${first} first${rest.length === 0 ? '' : `, then ${rest.join(', then ')}`}`;
}

function onTheWay(told: WhatIf, now: readonly string[]): readonly string[] {
  const key = keyOf(told.service.metadata);
  const passing = passingAddresses(told, now);
  const isInevitable =
    told.ordersTried > 1 &&
    isEveryOrder(told) &&
    told.otherOrders.every((other) => goesDark(other, now));
  return [
    ...(goesDark(told, now)
      ? [
          `between the steps ${key} may be without an address: an outage${isInevitable ? ', in whichever order' : ''}`,
        ]
      : []),
    ...(passing.length === 0
      ? []
      : [`between the steps ${key} has ${passing.join(' or ')}, which it loses again`]),
  ];
}

function refusedNames(course: OrderedCourse): readonly string[] {
  return refusedSteps(course).map(({ name }) => name);
}

/** The pool is named where it is another one than in the headline. */
function fromText(pool: string | undefined, told: WhatIf): string {
  const isKnown = pool === undefined || told.endings.some((ending) => ending.pool === pool);
  return isKnown ? '' : ` from ${pool}`;
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
  const elsewhere = refusedNames(other).filter((name) => !refusedNames(told).includes(name));
  const instead =
    elsewhere.length === 0
      ? ''
      : `pool ${elsewhere.join(' and ')} ${elsewhere.length === 1 ? 'is' : 'are'} refused instead, and `;
  if (other.endings.map(endingText).join('\n') !== told.endings.map(endingText).join('\n')) {
    const ends = other.endings.map(({ addresses, pool }) =>
      addresses.length === 0 ? 'nothing' : `${addresses.join(' and ')}${fromText(pool, told)}`,
    );
    return `${instead}${key} ${ends.length > 1 ? 'may get' : 'gets'} ${ends.join(' or ')}`;
  }
  if (goesDark(other, now)) {
    return `${key} may be without an address in between: an outage`;
  }
  const passing = passingAddresses(other, now);
  return passing.length > 0
    ? `${key} has ${passing.join(' or ')} in between, which it loses again`
    : 'other Services get other addresses';
}
