import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { defineCheck } from '../../core/diagnosis/check.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';

/** The API server only trusts an admission webhook whose CA it was given; with `Fail`, every write is refused without it. */
export const webhookCanAnswer = defineCheck({
  id: 'MLB-I18',
  asks: `Can the API server ask MetalLB's webhook?`,
  symptoms: ['health'],
  causes: ['webhook-unreachable-risk'],
  needs: ['validatingWebhooks'],
  helps: [],
  basis: 'inferred',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: ({ validatingWebhooks, installation }) =>
    validatingWebhooks.flatMap((configuration) => {
      const bare = configuration.webhooks.filter(
        (webhook) =>
          webhook.rules.some((rule) => rule.apiGroups.includes('metallb.io')) &&
          !webhook.hasCaBundle &&
          webhook.failurePolicy !== 'Ignore',
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
          details: bare
            .map((webhook) => `${webhook.name}: failurePolicy Fail, no caBundle`)
            .toSorted(),
          because: bare.map((webhook) =>
            seenField(about, `webhooks[${webhook.name}].clientConfig.caBundle`, 'empty'),
          ),
          doubts: ['the controller has only just started and is about to write it'],
          suggests: remedies(installation),
        },
      ];
    }),
});

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
