import type { Container, PodTemplate } from '../../facts/kube-objects.ts';
import { filledText, flag, present, raws, text, textMap, texts, type Raw } from './fields.ts';

/**
 * Environment that says how a load balancer is set up. Only these are kept: any other workload of the
 * cluster may carry a password in a plain variable.
 */
const telling =
  /^(METALLB_|FRR_|svc_enable$|svc_election$|lb_enable$|lb_class_|vip_arp$|bgp_enable$)/;
const secretFlag = /^(--?[\w.-]*(?:password|passwd|token|secret|credential|api-?key)[\w.-]*)=.*$/is;

/** The part of a pod's spec that both pods and the templates of workloads have. */
export function parsePodTemplate(spec: Raw, labels: Readonly<Record<string, string>>): PodTemplate {
  return present({
    labels,
    serviceAccountName: filledText(spec, 'serviceAccountName'),
    containers: raws(spec, 'containers').map(parseContainer),
    nodeSelector: textMap(spec, 'nodeSelector'),
    tolerations: raws(spec, 'tolerations').map((toleration) =>
      present({
        key: filledText(toleration, 'key'),
        operator: filledText(toleration, 'operator'),
        value: filledText(toleration, 'value'),
        effect: filledText(toleration, 'effect'),
      }),
    ),
    hostNetwork: flag(spec, 'hostNetwork') ?? false,
  });
}

function parseContainer(raw: Raw): Container {
  return {
    name: text(raw, 'name') ?? '',
    image: text(raw, 'image') ?? '',
    command: texts(raw, 'command').map(withoutSecret),
    args: texts(raw, 'args').map(withoutSecret),
    env: parseEnvironment(raw),
  };
}

function parseEnvironment(raw: Raw): Readonly<Record<string, string>> {
  const variables = Array.isArray(raw['env'])
    ? raws(raw, 'env').flatMap((variable) => {
        const value = text(variable, 'value');
        return value === undefined ? [] : [[text(variable, 'name') ?? '', value] as const];
      })
    : Object.entries(textMap(raw, 'env'));
  return Object.fromEntries(variables.filter(([name]) => telling.test(name)));
}

function withoutSecret(argument: string): string {
  return argument.replace(secretFlag, '$1=(removed)');
}
