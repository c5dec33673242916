import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { Outlook } from './headline.ts';

/** What else is worth knowing before the change is made. */
export function notesOn({ told, options }: Outlook): readonly string[] {
  const { endings, isComplete, courses, settles, others, added } = told;
  const waits = others.filter(({ now }) => now.length === 0).length;
  return [
    ...(endings.length > 1 || options.length > 1
      ? [
          isComplete
            ? 'MetalLB draws; every way it can come is told'
            : `MetalLB draws in more ways than can be told; these came in ${courses} of them`,
        ]
      : []),
    ...(settles ? [] : ['it never comes to rest: MetalLB writes its status again and again']),
    ...inBetween(told),
    ...(added !== undefined && told.admission?.allowed === true && waits > 0
      ? [
          `${waits} pending ${waits === 1 ? 'Service is' : 'Services are'} served from the new addresses too, and may come first`,
        ]
      : []),
  ];
}

/** The pool is foretold to come before the change of the Service, and MetalLB acts on each. */
function inBetween({ added, events, endings }: WhatIf): readonly string[] {
  const last = new Set(endings.flatMap(({ addresses }) => addresses));
  const passing = events
    .filter(({ reason }) => reason === 'IPAllocated')
    .flatMap(({ message }) =>
      [...message.matchAll(/"([^"]+)"/g)].map(([, address = '']) => address),
    )
    .filter((address) => !last.has(address));
  return added === undefined || passing.length === 0
    ? []
    : [
        `two steps, the pool first: until the Service itself is changed it has ${[...new Set(passing)].join(' or ')}; the answer is what is left after both`,
      ];
}
