import type { Workload } from '../../../core/facts/kube-objects.ts';

/** True where kube-vip is told to serve Services: one that only keeps the control plane's address up leaves them alone. */
export function servesServices({ spec }: Workload): boolean {
  return spec.template.containers.some(
    ({ env, args }) =>
      new Map(Object.entries(env)).get('svc_enable') === 'true' ||
      args.some((word) => /^--services(?:=true)?$/.test(word)),
  );
}
