import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import { compareAuthorities, renewCertificate } from './remedies.ts';
import type { CallScene, CallTelling } from './telling.ts';

/** The name that was asked is not the name in the certificate, or no Service has it. */
export function otherName({ call, installation }: CallScene): CallTelling {
  const name = call.service?.name ?? 'the Service';
  if (call.failure === 'no-service') {
    return {
      cause: 'webhook-name-differs',
      says: `the webhook configuration asks a Service that does not exist, so changes of MetalLB's objects are refused`,
      details: [renamed],
      suggests: namesRemedies(installation),
    };
  }
  const held = /certificate is valid for (.+?), not /.exec(call.words)?.[1];
  const isForeign = held !== undefined && !/\.svc\b|webhook-service/.test(held);
  return {
    cause: 'webhook-name-differs',
    says: `the certificate of MetalLB's webhook is for another name than ${name}, so changes of MetalLB's objects are refused`,
    details: isForeign
      ? [
          `it is for ${held}, which is no name of a Service: the Secret holds a certificate that the controller did not make, or another program answers on its port`,
        ]
      : [renamed],
    suggests: isForeign
      ? [renewCertificate(installation), compareAuthorities(installation)]
      : namesRemedies(installation),
  };
}

const renamed =
  'the Service is called metallb-webhook-service since v0.14.4 and was webhook-service before; --cert-service-name of the controller must be the same name';

function namesRemedies(installation: Installation): readonly Remedy[] {
  return [
    {
      says: 'compare the three names: the Services, what the webhook configuration asks, what the controller is started with',
      command: `${kubectl`-n ${installation.namespace} get services`}; kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath='{.webhooks[*].clientConfig.service.name}'`,
      mutates: false,
    },
    {
      says: 'apply manifest or chart of one version whole; a webhook configuration left over from another one is to be deleted',
      command:
        'kubectl get validatingwebhookconfigurations -o custom-columns=NAME:.metadata.name,SERVICE:.webhooks[0].clientConfig.service.name | grep -i -e metallb -e webhook-service',
      mutates: false,
    },
  ];
}
