import { defineCheck } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

/** v0.16.0 serves metrics by HTTPS on 9120, to whoever may read them; before it was HTTP on 7472 (#3055). */
export const metricsAreWhereAsked = defineCheck({
  id: 'MLB-I41',
  asks: `Do the Services for metrics ask where this version serves them?`,
  symptoms: ['health'],
  causes: ['metrics-port-moved'],
  needs: ['services'],
  helps: [],
  basis: 'observed',
  skipWhen: ({ installation }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return isAtLeast(installation.controllerVersion, 'v0.16.0')
      ? undefined
      : 'versions below v0.16 serve metrics on 7472';
  },
  run: ({ services, installation }) => {
    const stale = services
      .filter((service) => service.metadata.namespace === installation?.namespace)
      .filter(asksOldPort)
      .toSorted((a, b) => (keyOfService(a) < keyOfService(b) ? -1 : 1));
    const [first] = stale;
    if (first === undefined || installation === undefined) {
      return [];
    }
    return [
      {
        cause: 'metrics-port-moved',
        severity: 'warning',
        about: refOf(first),
        affects: [],
        says: `${stale.map(keyOfService).join(', ')} still ${stale.length === 1 ? 'asks' : 'ask'} for metrics on port 7472, where MetalLB ${installation.controllerVersion ?? ''} serves none`,
        details: [
          'from v0.16.0 they are on port 9120, by HTTPS, for accounts that may get /metrics',
          'alerts built on them have been silent since the upgrade',
        ],
        because: stale.map((service) =>
          seenField(refOf(service), 'spec.ports[].targetPort', '7472'),
        ),
        suggests: [
          {
            says: 'apply the ServiceMonitor and roles of this version (chart: prometheus.serviceMonitor.enabled, prometheus.rbacPrometheus)',
            command: kubectl`-n ${installation.namespace} get services,servicemonitors.monitoring.coreos.com -o wide`,
            mutates: false,
          },
        ],
      },
    ];
  },
});

/** A target of a name is wherever the pods say it is. */
function asksOldPort({ spec }: Service): boolean {
  return spec.ports.some(({ port, targetPort = port }) => targetPort === 7472);
}
