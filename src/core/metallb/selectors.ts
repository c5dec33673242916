import type { LabelSelector, LabelSelectorRequirement } from '../facts/kube-objects.ts';
import { quoted } from './go-text.ts';

type Labels = Readonly<Record<string, string>>;

/** True when the labels satisfy every part of the selector; an empty selector matches everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(selector.matchLabels).every(([key, value]) => labelOf(labels, key) === value) &&
    selector.matchExpressions.every((requirement) => satisfies(requirement, labels))
  );
}

/** Why Kubernetes refuses the selector, in its own words; undefined when it is fine. */
export function selectorFault(selector: LabelSelector): string | undefined {
  const labelFaults = Object.entries(selector.matchLabels).map(([key, value]) =>
    inOne([keyFault(key), valueFault(key, value, 0)]),
  );
  const expressionFaults = selector.matchExpressions.map(requirementFault);
  return [...labelFaults, ...expressionFaults].find((fault) => fault !== undefined);
}

/** Kubernetes names the faults of one requirement together, the first one first; several stand in brackets. */
function inOne(faults: readonly (string | undefined)[]): string | undefined {
  const found = faults.filter((fault) => fault !== undefined);
  return found.length > 1 ? `[${found[0]}` : found[0];
}

/** What MetalLB calls a duplicate inside a list of selectors, or undefined. Values count as sorted. */
export function duplicateIn(
  selectors: readonly LabelSelector[],
  field: string,
): string | undefined {
  const seen = new Set<string>();
  const faults = selectors.map((selector) => {
    const inside = duplicateInside(selector.matchExpressions);
    const text = canonical(selector);
    const again = seen.has(text) ? `duplicate definition of ${field}` : undefined;
    seen.add(text);
    return inside ?? again;
  });
  return faults.find((fault) => fault !== undefined);
}

function duplicateInside(requirements: readonly LabelSelectorRequirement[]): string | undefined {
  const seen = new Set<string>();
  for (const requirement of requirements) {
    const value = firstRepeated([...requirement.values].sort());
    if (value !== undefined) {
      return `duplicate definition of match expression value in label selector ${quoted(value)}`;
    }
    const text = canonicalRequirement(requirement);
    if (seen.has(text)) {
      return 'duplicate definition of match expressions';
    }
    seen.add(text);
  }
  return undefined;
}

function firstRepeated(sorted: readonly string[]): string | undefined {
  return sorted.find((value, index) => sorted[index + 1] === value);
}

function canonical(selector: LabelSelector): string {
  const labels = Object.entries(selector.matchLabels).sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return JSON.stringify([labels, selector.matchExpressions.map(canonicalRequirement)]);
}

function canonicalRequirement({ key, operator, values }: LabelSelectorRequirement): string {
  return JSON.stringify([key, operator, [...values].sort()]);
}

/** Own properties only: a label may be called `constructor`. */
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function satisfies({ key, operator, values }: LabelSelectorRequirement, labels: Labels): boolean {
  const value = labelOf(labels, key);
  const listed = value !== undefined && values.includes(value);
  const rules = new Map([
    ['In', listed],
    ['NotIn', !listed],
    ['Exists', value !== undefined],
    ['DoesNotExist', value === undefined],
  ]);
  return rules.get(operator) ?? false;
}

function requirementFault({ key, operator, values }: LabelSelectorRequirement): string | undefined {
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (!wantsValues && operator !== 'Exists' && operator !== 'DoesNotExist') {
    return `${quoted(operator)} is not a valid label selector operator`;
  }
  const sorted = [...values].sort();
  return inOne([
    keyFault(key),
    numberFault(wantsValues, values),
    ...sorted.map((value, index) => valueFault(key, value, index)),
  ]);
}

function numberFault(wantsValues: boolean, values: readonly string[]): string | undefined {
  if (wantsValues && values.length === 0) {
    return "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty";
  }
  if (!wantsValues && values.length > 0) {
    const shown = JSON.stringify(values);
    return `values: Invalid value: ${shown}: values set must be empty for exists and does not exist`;
  }
  return undefined;
}

const longest = 63;
const namePart = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const prefixPart =
  /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

const allowedCharacters =
  "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

function keyFault(key: string): string | undefined {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const prefix = parts.length === 2 ? parts[0] : undefined;
  const fault = `key: Invalid value: ${quoted(key)}: `;
  if (parts.length > 2) {
    return `${fault}a qualified name must consist of `;
  }
  if (prefix !== undefined && !prefixPart.test(prefix)) {
    return `${fault}prefix part `;
  }
  if (name === '') {
    return `${fault}name part must be non-empty`;
  }
  if (name.length > longest) {
    return `${fault}name part must be no more than ${longest} characters`;
  }
  return namePart.test(name) ? undefined : `${fault}name part must consist of ${allowedCharacters}`;
}

function valueFault(key: string, value: string, index: number): string | undefined {
  const fault = `values[${index}][${key}]: Invalid value: ${quoted(value)}: `;
  if (value.length > longest) {
    return `${fault}must be no more than ${longest} characters`;
  }
  return value === '' || namePart.test(value)
    ? undefined
    : `${fault}a valid label must be an empty string or consist of ${allowedCharacters}`;
}
