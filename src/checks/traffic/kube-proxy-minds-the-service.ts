import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { noServedAddress } from '../models/one-service.ts';

/** A label or a field can take a Service, or one of its addresses, out of kube-proxy's hands. */
export const kubeProxyMindsTheService = defineCheck({
  id: 'MLB-D11',
  asks: 'Does kube-proxy mind the Service and each of its addresses?',
  symptoms: ['no-traffic'],
  causes: ['left-out-by-kube-proxy'],
  link: 'data-path',
  basis: 'observed',
  needs: [],
  helps: [],
  skipWhen: noServedAddress,
  run: (_facts, service) => {
    const how = service === undefined ? undefined : (labelled(service) ?? headless(service));
    if (service === undefined) {
      return [];
    }
    return how === undefined ? proxied(service) : [{ ...foundOn(service), ...how }];
  },
});

function foundOn(service: Service) {
  const about = refOf(service);
  return { cause: 'left-out-by-kube-proxy', severity: 'error' as const, about, affects: [about] };
}

type How = Pick<Found, 'says' | 'details' | 'because' | 'suggests'>;

const labels = ['service.kubernetes.io/service-proxy-name', 'service.kubernetes.io/headless'];

function labelled(service: Service): How | undefined {
  const own = new Map(Object.entries(service.metadata.labels));
  const label = labels.find((each) => own.has(each));
  if (label === undefined) {
    return undefined;
  }
  const { name, namespace = 'default' } = service.metadata;
  return {
    says: `kube-proxy passes over ${keyOfService(service)}, because it has the label ${label}`,
    details: [
      'kube-proxy only looks at Services without that label; the announcing node takes the packets in and has no rule for them',
      `a proxy of its own would have to serve it: ${own.get(label) === '' ? 'the label names none' : `the label says ${JSON.stringify(own.get(label))}`}`,
    ],
    because: [seenField(refOf(service), `metadata.labels[${label}]`, own.get(label) ?? '')],
    suggests: [
      {
        says: 'take the label off, unless another proxy is to serve it',
        command: kubectl`-n ${namespace} label service ${name} ${`${label}-`}`,
        mutates: true,
      },
    ],
  };
}

function headless(service: Service): How | undefined {
  const { clusterIP, clusterIPs } = service.spec;
  if (clusterIP !== 'None' && !clusterIPs.includes('None')) {
    return undefined;
  }
  const { name, namespace = 'default' } = service.metadata;
  return {
    says: `${keyOfService(service)} is headless, and kube-proxy makes no rules for such Services`,
    details: ['its address is a leftover: MetalLB gives none to a Service without a cluster IP'],
    because: [seenField(refOf(service), 'spec.clusterIP', 'None')],
    suggests: [
      {
        says: 'create it anew without clusterIP: None; the field cannot be changed in place',
        command: kubectl`-n ${namespace} get service ${name} -o yaml`,
        mutates: false,
      },
    ],
  };
}

/** `ipMode: Proxy` says that something before the cluster sends packets to nodes or pods under their own addresses. */
function proxied(service: Service): readonly Found[] {
  const about = refOf(service);
  const addresses = service.status.ingress.flatMap(({ ip, ipMode }) =>
    ip !== undefined && ipMode === 'Proxy' ? ip : [],
  );
  const writers = service.metadata.managedFields
    .filter(({ subresource }) => subresource === 'status')
    .map(({ manager }) => manager);
  return addresses.length === 0
    ? []
    : [
        {
          ...foundOn(service),
          addresses,
          says: `kube-proxy makes no rules for ${addresses.join(', ')}, because its ipMode is Proxy`,
          details: [
            'that mode is for load balancers that send to nodes or pods under their own addresses; MetalLB sends packets for the address itself, and needs VIP',
            ...(writers.length === 0
              ? []
              : [`the status was last written by ${writers.join(', ')}`]),
          ],
          because: addresses.map((ip) =>
            seenField(about, `status.loadBalancer.ingress[${ip}].ipMode`, 'Proxy'),
          ),
          suggests: [
            {
              says: 'find who writes ipMode into the status: MetalLB leaves it out, and the API server fills in VIP',
              command: kubectl`-n ${service.metadata.namespace ?? 'default'} get service ${service.metadata.name} -o yaml --show-managed-fields`,
              mutates: false,
            },
          ],
        },
      ];
}
