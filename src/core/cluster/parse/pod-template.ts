import type { Container, PodTemplate } from '../../facts/kube-objects.ts';
import {
  filledText,
  flag,
  inner,
  number,
  present,
  raws,
  text,
  textMap,
  texts,
  type Raw,
} from './fields.ts';
import { removed } from './without-secrets.ts';

/**
 * Environment that says how a load balancer is set up. Only these are kept: any other workload of the
 * cluster may carry a password in a plain variable.
 */
const telling =
  /^(METALLB_|FRR_|svc_enable$|svc_election$|lb_enable$|lb_class_|vip_arp$|bgp_enable$|CALICO_NETWORKING_BACKEND$|CLUSTER_TYPE$)/;
/** Where kube-vip and keepalived are told which addresses to hold; kept as long as it is nothing but addresses. */
const holding = /^(?:address|vip_address|KEEPALIVED_VIRTUAL_IPS)$/;
const onlyAddresses = /^[\da-fA-F.:/, -]+$/;
/** `--password`, and what follows it in the same argument. */
const secretFlag =
  /^(--?[\w.-]*(?:password|passwd|token|secret|credential|api-?key)[\w.-]*)(=.*)?$/is;

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
    memberlistSecret: filledText(spec, 'memberlistSecret') ?? memberlistSecretIn(spec),
  });
}

/** All ways of installing MetalLB call the volume `memberlist`; releases before it was mounted read a variable. */
function memberlistSecretIn(spec: Raw): string | undefined {
  const volume = raws(spec, 'volumes').find((each) => text(each, 'name') === 'memberlist');
  const variable = raws(spec, 'containers')
    .flatMap((container) => raws(container, 'env'))
    .find((each) => text(each, 'name') === 'METALLB_ML_SECRET_KEY');
  return (
    filledText(inner(volume ?? {}, 'secret'), 'secretName') ??
    filledText(inner(inner(variable ?? {}, 'valueFrom'), 'secretKeyRef'), 'name')
  );
}

function parseContainer(raw: Raw): Container {
  const command = texts(raw, 'command');
  const line = [...command, ...texts(raw, 'args')].map(withoutSecret);
  return {
    name: text(raw, 'name') ?? '',
    image: text(raw, 'image') ?? '',
    command: line.slice(0, command.length),
    args: line.slice(command.length),
    env: parseEnvironment(raw),
    ports: raws(raw, 'ports').map((port) =>
      present({
        name: filledText(port, 'name'),
        port: number(port, 'containerPort') ?? number(port, 'port') ?? 0,
        protocol: filledText(port, 'protocol') ?? 'TCP',
      }),
    ),
  };
}

function parseEnvironment(raw: Raw): Readonly<Record<string, string>> {
  const variables = Array.isArray(raw['env'])
    ? raws(raw, 'env').flatMap((variable) => {
        const value = text(variable, 'value') ?? fieldOf(variable);
        return value === undefined ? [] : [[text(variable, 'name') ?? '', value] as const];
      })
    : Object.entries(textMap(raw, 'env'));
  return Object.fromEntries(
    variables.filter(
      ([name, value]) => telling.test(name) || (holding.test(name) && onlyAddresses.test(value)),
    ),
  );
}

/** `$(spec.nodeName)`: a value that the kubelet fills in from the pod itself is no secret, and tells that it is set. */
function fieldOf(variable: Raw): string | undefined {
  const path = text(inner(inner(variable, 'valueFrom'), 'fieldRef'), 'fieldPath');
  return path === undefined ? undefined : `$(${path})`;
}

/** Without the secret of `--password=secret`, or of `--password secret`, which are two arguments. */
function withoutSecret(argument: string, index: number, line: readonly string[]): string {
  const [, before, valueBefore] = secretFlag.exec(line[index - 1] ?? '') ?? [];
  const followsFlag = before !== undefined && valueBefore === undefined;
  if (followsFlag && !argument.startsWith('--')) {
    return removed;
  }
  const [, name, value] = secretFlag.exec(argument) ?? [];
  return name === undefined || value === undefined ? argument : `${name}=${removed}`;
}
