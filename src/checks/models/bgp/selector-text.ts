import type { LabelSelector } from '../../../core/facts/kube-objects.ts';

/** `app=web,tier in (a, b)`, as kubectl would take it; `any labels` for a selector that asks for none. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values }) => expressionText(key, operator, values)),
  ];
  return parts.length === 0 ? 'any labels' : parts.join(',');
}

function expressionText(key: string, operator: string, values: readonly string[]): string {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'NotIn':
      return `${key} notin (${values.join(', ')})`;
    default:
      return `${key} in (${values.join(', ')})`;
  }
}
