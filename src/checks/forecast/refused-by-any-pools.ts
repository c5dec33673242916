const refusals: readonly string[] = [
  'no-cluster-ip',
  'cluster-ips-unreadable',
  'too-few-cluster-ips',
  'both-requests-set',
  'request-malformed',
  'requested-family-mismatch',
  'policy-contradicts-cluster-ips',
];

/** True for refusals that come of the Service alone: MetalLB refuses it whichever pools it works with. */
export function isRefusedByAnyPools(kind: string): boolean {
  return refusals.includes(kind);
}
