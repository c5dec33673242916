// Manifests of MetalLB that are valid as they stand, for tests that spoil them.

/** The first line of every one. */
export const head = 'apiVersion: metallb.io/v1beta1\n';
/** The metadata of both. */
export const named = '{name: lan, namespace: metallb-system}';

/** One pool of 256 addresses. */
export const pool = `${head}kind: IPAddressPool\nmetadata: ${named}\nspec: {addresses: [10.4.0.0/24]}\n`;
/** One advertisement for every pool. */
export const advertisement = `${head}kind: L2Advertisement\nmetadata: ${named}\n`;
/** Both, in one file. */
export const whole = `${pool}---\n${advertisement}`;
