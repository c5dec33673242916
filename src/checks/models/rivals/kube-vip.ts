import type { Container } from '../../../core/facts/kube-objects.ts';

/** True where kube-vip is told to serve Services: one that only keeps the control plane's address up leaves them alone. */
export function servesServices(containers: readonly Container[]): boolean {
  return containers.some(
    ({ env, args }) =>
      new Map(Object.entries(env)).get('svc_enable') === 'true' ||
      args.some((word) => /^--services(?:=true)?$/.test(word)),
  );
}
