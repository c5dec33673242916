import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { namespacesRead } from '../../core/facts/reading.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

/** The API server only trusts an admission webhook whose CA it was given; with `Fail`, every write is refused without it. */
export const webhookCanAnswer = defineCheck({
  id: 'MLB-I18',
  asks: `Can the API server ask MetalLB's webhook?`,
  symptoms: ['health'],
  causes: ['webhook-unreachable-risk', 'webhook-name-differs'],
  needs: ['validatingWebhooks'],
  helps: ['services'],
  basis: 'inferred',
  skipWhen: (facts) => {
    if (facts.installation === undefined) {
      return 'no MetalLB was found';
    }
    const [unseen] = findingsIn(facts).length > 0 ? [] : unseenIn(facts);
    return unseen && `the files may not hold all Services of namespace ${unseen.namespace}`;
  },
  run: findingsIn,
});

type Known = Facts<'validatingWebhooks', 'services'>;

function findingsIn(facts: Known): readonly Found[] {
  const { validatingWebhooks, installation } = facts;
  return [
    ...leadNowhere(facts),
    ...validatingWebhooks.flatMap((configuration) => withoutAuthority(configuration, installation)),
  ];
}

function withoutAuthority(
  configuration: Configuration,
  installation: Installation | undefined,
): readonly Found[] {
  const bare = configuration.webhooks.filter(
    (webhook) =>
      guardsMetalLB(webhook) && !webhook.hasCaBundle && webhook.failurePolicy !== 'Ignore',
  );
  if (bare.length === 0) {
    return [];
  }
  const about = refOf(configuration);
  return [
    {
      cause: 'webhook-unreachable-risk',
      severity: 'warning',
      about,
      affects: [],
      says: `${configuration.metadata.name} has no CA bundle, so changes to MetalLB's objects will be refused`,
      details: bare.map((webhook) => `${webhook.name}: failurePolicy Fail, no caBundle`).toSorted(),
      because: bare.map((webhook) =>
        seenField(about, `webhooks[${webhook.name}].clientConfig.caBundle`, 'empty'),
      ),
      doubts: ['the controller has only just started and is about to write it'],
      suggests: remedies(installation),
    },
  ];
}

function remedies(installation: Installation | undefined): readonly Remedy[] {
  const namespace = installation?.namespace ?? 'metallb-system';
  const handle = `deployment/${installation?.controller?.name ?? 'controller'}`;
  return [
    {
      says: 'restart the controller: it writes its CA there within a minute',
      command: kubectl`-n ${namespace} rollout restart ${handle}`,
      mutates: true,
    },
    {
      says: 'see what keeps it from that, if the field stays empty; if it is emptied again, let GitOps ignore it',
      command: `${kubectl`-n ${namespace} logs ${handle} --tail=500`} | grep cert-rotation`,
      mutates: false,
    },
  ];
}

type Configuration = Facts<'validatingWebhooks'>['validatingWebhooks'][number];

type Asked = NonNullable<Configuration['webhooks'][number]['service']>;

/** A configuration left over from another installation asks a Service that went with it, and refuses every change. */
function leadNowhere(known: Known): readonly Found[] {
  const ours = known.validatingWebhooks.filter(({ webhooks }) => webhooks.some(guardsMetalLB));
  return ours.flatMap((configuration) => {
    const lost = configuration.webhooks.filter(
      (webhook) =>
        guardsMetalLB(webhook) &&
        webhook.failurePolicy !== 'Ignore' &&
        webhook.service !== undefined &&
        whereabouts(webhook.service, known) === 'missing',
    );
    const asked = lost[0]?.service;
    const isOnly = ours.every((each) => each === configuration);
    return asked === undefined
      ? []
      : [nowhereFinding(configuration, { asked, names: lost.map(({ name }) => name), isOnly })];
  });
}

function guardsMetalLB({ rules }: Configuration['webhooks'][number]): boolean {
  return rules.some(({ apiGroups }) => apiGroups.includes('metallb.io'));
}

/** The Services of which the files that were recorded do not tell whether they are there. */
function unseenIn(known: Known): readonly Asked[] {
  return known.validatingWebhooks
    .flatMap(({ webhooks }) => webhooks.filter(guardsMetalLB))
    .filter(({ failurePolicy }) => failurePolicy !== 'Ignore' && !known.firstHand)
    .flatMap(({ service }) => service ?? [])
    .filter((asked) => whereabouts(asked, known) === 'unknown');
}

/**
 * A dump may hold the Services of some namespaces only, and not say so. One other Service shows that it holds these,
 * and so does a list that holds several namespaces: such a list was asked for all of them.
 */
function whereabouts(
  { namespace, name }: Asked,
  { services, firstHand }: Known,
): 'there' | 'missing' | 'unknown' {
  if (services.state !== 'read') {
    return 'unknown';
  }
  const keys = new Set(services.items.map(keyOfService));
  if (keys.has(`${namespace}/${name}`)) {
    return 'there';
  }
  const places = new Set(services.items.map(({ metadata }) => metadata.namespace));
  const isCovered =
    namespacesRead(services)?.includes(namespace) ??
    (firstHand || places.has(namespace) || (places.size > 1 && services.pieced !== true));
  return isCovered && keys.has('default/kubernetes') ? 'missing' : 'unknown';
}

interface Nowhere {
  readonly asked: Asked;
  readonly names: readonly string[];
  readonly isOnly: boolean;
}

function nowhereFinding(configuration: Configuration, { asked, names, isOnly }: Nowhere): Found {
  const about = refOf(configuration);
  const service = `${asked.namespace}/${asked.name}`;
  return {
    cause: 'webhook-name-differs',
    severity: 'warning',
    about,
    affects: [],
    says: `${configuration.metadata.name} asks Service ${service}, which does not exist, so changes to MetalLB's objects will be refused`,
    details: names.map((name) => `${name}: failurePolicy Fail`).toSorted(),
    because: [seenField(about, 'webhooks[].clientConfig.service', service)],
    doubts: ['the Service was made after the facts were read'],
    suggests: [isOnly ? lookForService(asked) : compareConfigurations],
  };
}

const compareConfigurations: Remedy = {
  says: 'see which webhook configuration of MetalLB asks a Service that is there; the one that is left over is to be deleted',
  command:
    'kubectl get validatingwebhookconfigurations -o custom-columns=NAME:.metadata.name,NAMESPACE:.webhooks[0].clientConfig.service.namespace,SERVICE:.webhooks[0].clientConfig.service.name',
  mutates: false,
};

function lookForService({ namespace }: Asked): Remedy {
  return {
    says: 'see whether it is really gone; if it is, apply manifest or chart of one version whole, which bring it back',
    command: kubectl`-n ${namespace} get services`,
    mutates: false,
  };
}
