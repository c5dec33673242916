import type { ConfigurationProblem, ConfigurationRule } from '../configuration.ts';

/** Who turns an object away, in the order a written object meets them. */
export type Refuser = 'API server' | 'webhook' | 'controller' | 'speaker';

/** The controller reads pools and Communities only, so nothing else can stop it. */
const controllerRules: ReadonlySet<ConfigurationRule> = new Set([
  'no-addresses',
  'address-syntax',
  'range-reversed',
  'overlap',
  'duplicate-pool',
  'duplicate-namespace',
  'community-syntax',
  'duplicate-community',
]);

/**
 * Who refuses because of this, the webhook as `admissionOfObject` says. Everything stops the speakers; the ranges of a
 * BFDProfile are held by its schema.
 */
export function refusersOf(
  problem: ConfigurationProblem,
  isSeenByWebhook: boolean,
): readonly Refuser[] {
  const isSchema = problem.rule === 'bfd-range' || isBadASNMode(problem);
  return [
    ...(isSchema ? (['API server'] as const) : []),
    ...(isSeenByWebhook ? (['webhook'] as const) : []),
    ...(stopsController(problem) ? (['controller'] as const) : []),
    'speaker',
  ];
}

/** True when the controller, too, keeps its old configuration because of this. */
export function stopsController({ object, rule }: ConfigurationProblem): boolean {
  const isRead = object.kind === 'IPAddressPool' || object.kind === 'Community';
  const isShared =
    rule === 'selector-syntax' || rule === 'duplicate-selector' || rule === 'native-community';
  return isRead && (controllerRules.has(rule) || isShared);
}

/** `internal` and `external` are the only words that the schema has. */
function isBadASNMode({ rule, message }: ConfigurationProblem): boolean {
  return rule === 'peer-asn' && message.includes('invalid dynamicASN');
}
