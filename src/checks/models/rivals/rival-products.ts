import { type Marks, products } from './products.ts';

/** A product that can meet MetalLB on one Service, under the name of the part that does. */
export interface RivalProduct extends Marks {
  readonly product: string;
}

/** The products that are known to meet MetalLB. */
export const rivalProducts: readonly RivalProduct[] = products.flatMap(
  ({ name, balancer = name, marks }) =>
    marks === undefined ? [] : [{ product: balancer, ...marks }],
);

/** They heed no class, or serve what has none. */
const ownSwitchOnly: ReadonlySet<string> = new Set(['k3s ServiceLB', 'OpenShift ingress IP']);

/** How to end the rivalry: by the product's own switch, or by two classes. */
export function switchOffText(product: string): string {
  const known = rivalProducts.find((each) => each.product === product)?.switchOff;
  const off = known ?? `keep one of the two: switch the load balancing of ${product} off`;
  return ownSwitchOnly.has(product) ? off : `${off}, or give each its own loadBalancerClass`;
}
