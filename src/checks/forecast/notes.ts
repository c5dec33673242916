import type { WhatIf } from '../../core/metallb/what-if.ts';
import type { Outlook } from './headline.ts';
import { isWritten } from './pool-changes.ts';
import { orderNotes } from './order-notes.ts';

/** What else is worth knowing before the change is made. */
export function notesOn({ told, options, now, mends }: Outlook): readonly string[] {
  const { endings, isComplete, courses, settles, others, answer } = told;
  const waits = others.filter(
    (other) =>
      other.now.length === 0 && other.endings.some(({ pool }) => isWritten(pool ?? '', told)),
  ).length;
  const losers = losersText(told);
  return [
    ...(answer.outcome === 'not-handled' && answer.why.kind === 'class'
      ? [
          'the class of a Service cannot be changed: it has to be deleted and made anew with another one',
        ]
      : []),
    ...(mends ? ['this mends the configuration that MetalLB refuses as it stands'] : []),
    ...(losers === undefined ? [] : [losers]),
    ...(endings.length > 1 || options.length > 1
      ? [
          isComplete
            ? 'MetalLB takes waiting Services in random order: which of these it comes to is chance, but it is one of them'
            : `MetalLB takes waiting Services in random order, in more ways than can be tried: these came of ${courses} of them, others may`,
        ]
      : []),
    ...(settles ? [] : ['it never comes to rest: MetalLB writes its status again and again']),
    ...orderNotes(told, now.addresses),
    ...(waits > 0
      ? [
          `${waits} other pending ${waits === 1 ? 'Service is' : 'Services are'} served from the new addresses too, and may come first`,
        ]
      : []),
  ];
}

/** Others that have an address and lose it, or may; undefined when nobody does. */
export function losersText({ others }: Pick<WhatIf, 'others'>): string | undefined {
  const losers = others.filter(
    (other) =>
      other.now.length > 0 &&
      other.endings.some(({ addresses }) => other.now.some((each) => !addresses.includes(each))),
  ).length;
  if (losers === 0) {
    return undefined;
  }
  const [lose, whom] =
    losers === 1
      ? ['Service loses the address it has', 'it']
      : ['Services lose the addresses they have', 'them'];
  return `${losers} other ${lose}, or may: an outage for ${whom}`;
}
