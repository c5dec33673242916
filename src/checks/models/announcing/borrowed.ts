import type { Check, Subject } from '../../../core/diagnosis/check.ts';
import { type FactKey, type Facts } from '../../../core/diagnosis/facts.ts';
import { factsFrom, type Material } from '../../../core/diagnosis/material.ts';
import type { CauseId, CheckId, Finding } from '../../../core/facts/finding.ts';
import type { PathQuestion } from '../../../core/facts/path.ts';
import { type AnnouncingFacts, announcingHelps, announcingNeeds } from './speakers-at-work.ts';

/** What checks of the whole installation find, asked on behalf of one Service: what it has to do with this one. */
export interface Borrowing {
  readonly id: CheckId;
  readonly asks: string;
  readonly link: PathQuestion;
  readonly from: readonly Check[];
  /** Of their causes, those that keep an address from being announced. */
  readonly causes: readonly CauseId[];
  /** Causes of its own, for when none of theirs explains it. */
  readonly ownCauses?: readonly CauseId[];
  /** True when they are asked of the Service itself and not of the whole cluster. */
  readonly isOfTheService?: true;
  readonly skipWhen: (facts: AnnouncingFacts, subject: Subject) => string | undefined;
  /** What is needed besides in some clusters. */
  readonly alsoNeeds?: Check['alsoNeeds'];
  /** What remains of their findings, graded for the Service. */
  readonly settle: (
    findings: readonly Finding[],
    facts: BorrowedFacts,
    subject: Subject,
  ) => readonly Omit<Finding, 'check'>[];
}

/** What is known besides when findings are graded. */
export type BorrowedFacts = AnnouncingFacts &
  Facts<never, 'serviceL2Statuses' | 'events' | 'configurationStates'>;

const helpsToo = ['serviceL2Statuses', 'events', 'configurationStates'] as const;

/** One check of traffic made of several of health. */
export function borrowed(borrowing: Borrowing): Check {
  const { id, asks, link, from, causes, ownCauses = [], skipWhen, settle } = borrowing;
  const factsOf = (material: Material): BorrowedFacts =>
    factsFrom(material, announcingNeeds, [...announcingHelps, ...helpsToo]);
  return {
    id,
    asks,
    symptoms: ['no-traffic'],
    causes: [...causes, ...ownCauses],
    needs: announcingNeeds,
    helps: helpsOf(from),
    link,
    basis: 'observed',
    byWordsAlone: false,
    enoughInNamespace: ['endpointSlices'],
    everywhere: [],
    alsoNeeds: borrowing.alsoNeeds ?? (() => []),
    skipWhen: (material, subject) => skipWhen(factsOf(material), subject),
    run: (material, subject) => {
      const asked = borrowing.isOfTheService === true ? subject : undefined;
      const found = from
        .filter((check) => check.skipWhen(material, asked) === undefined)
        .flatMap((check) => check.run(material, asked))
        .filter(({ cause }) => causes.includes(cause));
      return settle(found, factsOf(material), subject).map((each) => ({ ...each, check: id }));
    },
  };
}

function helpsOf(from: readonly Check[]): readonly FactKey[] {
  const needs: readonly FactKey[] = announcingNeeds;
  const all: readonly FactKey[] = [
    ...announcingHelps,
    ...helpsToo,
    ...from.flatMap((check) => [...check.needs, ...check.helps]),
  ];
  return [...new Set(all)].filter((key) => !needs.includes(key));
}
