import type { Access } from './chosen-access.ts';

/** ` --kubeconfig=FILE --context=lab`, as far as they were chosen: what makes a kubectl command mean the same cluster. */
export function kubectlFlags({
  kubeconfig,
  context,
}: Pick<Access, 'kubeconfig' | 'context'>): string {
  const file = kubeconfig === undefined ? '' : ` --kubeconfig=${kubeconfig}`;
  return context === undefined ? file : `${file} --context=${context}`;
}
