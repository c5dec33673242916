import { keyOf } from '../../core/facts/object-ref.ts';
import type { Forecast, ForecastAddresses, Hindrance } from '../../core/facts/what-if.ts';
import type { PoolStep } from '../../core/metallb/pool-wish.ts';
import type { WhatIf } from '../../core/metallb/what-if.ts';
import { refusedSteps } from './pool-changes.ts';

/** What is foreseen, before it is put into words. */
export interface Outlook {
  readonly told: WhatIf;
  readonly now: ForecastAddresses;
  readonly outcome: Exclude<Forecast['outcome'], 'unknown'>;
  readonly options: readonly ForecastAddresses[];
  readonly refusal: Forecast['refusal'];
  readonly hindrances: readonly Hindrance[];
  /** False when nobody knows whether MetalLB runs. */
  readonly isSeen: boolean;
  /** True when MetalLB refuses the pools as they stand and would take those that are written. */
  readonly mends: boolean;
}

/** The answer in one sentence. */
export function headlineOf(outlook: Outlook): string {
  const { hindrances, told, isSeen } = outlook;
  const said = sentenceOf(outlook);
  const [first] = hindrances;
  const works =
    told.holds === 'older' && told.usages.size > 0
      ? `by the older pools that MetalLB works with, ${said}`
      : said;
  if (first === undefined) {
    return isSeen ? works : `if MetalLB works, which could not be looked at, ${works}`;
  }
  const why = `nothing happens now: ${first.says}`;
  return hasNoPool(told) ? why : `${why}. Once that is mended, ${works}`;
}

/** Then there is nothing to foretell from. */
function hasNoPool({ answer }: WhatIf): boolean {
  return answer.outcome === 'refused' && answer.reason.kind === 'no-pool';
}

function sentenceOf(outlook: Outlook): string {
  const { told } = outlook;
  const said = plainSentence(outlook);
  const refused = refusedSteps(told);
  return refused.length === 0 ? said : `${refusedText(refused)} would be refused, and ${said}`;
}

function refusedText(refused: readonly PoolStep[]): string {
  const names = refused.map(({ name }) => name);
  const [only, ...more] = refused;
  if (more.length > 0) {
    return `the changes to pools ${names.join(' and ')}`;
  }
  return only?.before === undefined
    ? `the new pool ${names[0] ?? ''}`
    : `the change to pool ${names[0] ?? ''}`;
}

function plainSentence({ told, now, outcome, options, refusal }: Outlook): string {
  const key = keyOf(told.service.metadata);
  const has = now.addresses.join(' and ');
  const isServed = has !== '';
  const why = refusal === undefined ? '' : `: ${refusal.says}`;
  const gets = optionsText(options);
  switch (outcome) {
    case 'not-handled':
      return `MetalLB passes ${key} by: ${passedText(told)}`;
    case 'gets-nothing':
      return `${key} would ${isServed ? `lose ${has} and get nothing` : 'stay without address'}${why}`;
    case 'may-get':
      return `${key} may get ${gets}, or nothing: others wait for the same addresses`;
    case 'keeps':
      return `${key} keeps ${has}${why === '' ? '' : `, and MetalLB refuses what it asks for${why}`}`;
    case 'gets':
      return isServed ? `${key} would lose ${has} and get ${gets}` : `${key} would get ${gets}`;
  }
}

const optionsTold = 4;

/** `10.0.0.1 from lan or 10.0.1.1 from dmz`. */
function optionsText(options: readonly ForecastAddresses[]): string {
  const told = options
    .slice(0, optionsTold)
    .map(({ pool, addresses }) => `${addresses.join(' and ')} from ${pool ?? '?'}`);
  const more = options.length - told.length;
  return `${told.join(' or ')}${more > 0 ? ` or one of ${more} others` : ''}`;
}

function passedText({ service, answer }: WhatIf): string {
  const why = answer.outcome === 'not-handled' ? answer.why : undefined;
  if (why?.kind !== 'class') {
    return `its type is ${service.spec.type}, not LoadBalancer`;
  }
  const serves =
    why.handledClass === undefined ? 'Services without a class' : `class ${why.handledClass}`;
  return `its class is ${why.serviceClass ?? 'none'}, and MetalLB serves ${serves}`;
}
