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

/** Rules over kinds that the webhook never sees together, or over fields that it blanks before it looks. */
const passTheWebhook: ReadonlySet<ConfigurationRule> = new Set([
  'bfd-range',
  'bfd-echo-over-ipv6',
  'missing-bfd-profile',
  'missing-secret',
  'native-bfd',
]);

/**
 * Who refuses because of this. Everything stops the speakers. The webhook lets pass what may still come (`waitsFor`),
 * and the ranges of a BFDProfile are held by its schema.
 */
export function refusersOf(problem: ConfigurationProblem): readonly Refuser[] {
  const { rule } = problem;
  const isSchema = rule === 'bfd-range' || isBadASNMode(problem);
  const seenByWebhook =
    !passTheWebhook.has(rule) && problem.waitsFor === undefined && !isSecretFault(problem);
  return [
    ...(isSchema ? (['API server'] as const) : []),
    ...(seenByWebhook ? (['webhook'] as const) : []),
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

/** The webhook does not look into Secrets; that both are set it does see. */
function isSecretFault({ rule, message }: ConfigurationProblem): boolean {
  return rule === 'peer-password' && !message.includes('both password and secret');
}
