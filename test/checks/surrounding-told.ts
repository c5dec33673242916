import type { Told } from './case.ts';

/** What each case of the surroundings must be told as, by check and title. */
export const surroundingTold: Readonly<Record<string, readonly Told[]>> = {
  'MLB-I25 the webhook was called before it was up': [
    {
      cause: 'webhook-not-ready',
      severity: 'error',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "MetalLB's webhook was called before it was up, so changes of MetalLB's objects were refused",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: connection refused',
        'its pod is not ready: see why, it answers only then',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: connection refused',
      ],
      against: [],
      commands: [
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
        'kubectl -n metallb-system get pods -o wide',
      ],
    },
  ],
  'MLB-I25 no pod stood behind the webhook, and there are pools: a warning': [
    {
      cause: 'webhook-without-endpoints',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "no pod stood behind MetalLB's webhook (Service metallb-webhook-service), so changes of MetalLB's objects were refused: the controller was down or restarting",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": no endpoints available for service "metallb-webhook-service"',
        'a pod is ready now: apply or sync again, and find out why it restarted',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": no endpoints available for service "metallb-webhook-service"',
      ],
      against: [],
      commands: [
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
        'kubectl -n metallb-system get endpointslices -l kubernetes.io/service-name=metallb-webhook-service',
      ],
    },
  ],
  'MLB-I25 the way from the control plane is blocked': [
    {
      cause: 'webhook-unreachable',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the API server cannot reach MetalLB's webhook, although its pod runs: the way from the control plane to the pods is blocked",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": context deadline exceeded',
        'the control plane must reach port 9443 of the pod: firewall of the nodes, CNI without the control plane, a network policy',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": context deadline exceeded',
      ],
      against: [],
      commands: [
        'curl -kv --max-time 3 https://POD-ADDRESS:9443/',
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
        'kubectl -n metallb-system get networkpolicies -o yaml',
      ],
    },
  ],
  'MLB-I25 the API server has a proxy in its way': [
    {
      cause: 'webhook-unreachable',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the API server calls MetalLB's webhook through a proxy, which cannot reach it",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout',
        'HTTPS_PROXY is set for the API server: NO_PROXY must hold .svc and the Service addresses',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": proxyconnect tcp: dial tcp 10.9.9.9:3128: i/o timeout',
      ],
      against: [],
      commands: [
        'curl -kv --max-time 3 https://POD-ADDRESS:9443/',
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
        'kubectl -n metallb-system get networkpolicies -o yaml',
      ],
    },
  ],
  'MLB-I25 the families differ': [
    {
      cause: 'webhook-family-differs',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the API server speaks IPv6, and the Service of MetalLB's webhook only IPv4",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: no route to host',
        'metallb-system/metallb-webhook-service has ipFamilies IPv4',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: no route to host',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch service metallb-webhook-service --type=merge -p \'{"spec":{"ipFamilyPolicy":"PreferDualStack"}}\'',
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
      ],
    },
  ],
  'MLB-I25 the CA does not fit': [
    {
      cause: 'webhook-untrusted',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the API server does not trust MetalLB's webhook, so changes of MetalLB's objects are refused: the CA it was given is not the one that signed the certificate",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate signed by unknown authority',
        'the caBundle of the webhook configuration and the CA in the Secret differ: GitOps put an old one back, or the Secret was replaced',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate signed by unknown authority',
      ],
      against: [],
      commands: [
        '[ "$(kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath=\'{.webhooks[0].clientConfig.caBundle}\')" = "$(kubectl -n metallb-system get secret metallb-webhook-cert -o jsonpath=\'{.data.ca\\.crt}\')" ] && echo same || echo different',
        '! kubectl -n metallb-system patch secret metallb-webhook-cert --type=merge -p \'{"data":null}\' && kubectl -n metallb-system rollout restart deployment/controller',
      ],
    },
  ],
  'MLB-I25 the certificate has expired': [
    {
      cause: 'webhook-untrusted',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the certificate of MetalLB's webhook has expired, so changes of MetalLB's objects are refused",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate has expired or is not yet valid',
        'the controller renews it by itself as long as it may write the Secret',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate has expired or is not yet valid',
      ],
      against: [],
      commands: [
        '[ "$(kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath=\'{.webhooks[0].clientConfig.caBundle}\')" = "$(kubectl -n metallb-system get secret metallb-webhook-cert -o jsonpath=\'{.data.ca\\.crt}\')" ] && echo same || echo different',
        '! kubectl -n metallb-system patch secret metallb-webhook-cert --type=merge -p \'{"data":null}\' && kubectl -n metallb-system rollout restart deployment/controller',
      ],
    },
  ],
  'MLB-I25 the certificate is for another name': [
    {
      cause: 'webhook-name-differs',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the certificate of MetalLB's webhook is for another name than metallb-webhook-service, so changes of MetalLB's objects are refused",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate is valid for webhook-service.metallb-system.svc, not metallb-webhook-service.metallb-system.svc',
        'the Service is called metallb-webhook-service since v0.14.4 and was webhook-service before; --cert-service-name of the controller must be the same name',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": x509: certificate is valid for webhook-service.metallb-system.svc, not metallb-webhook-service.metallb-system.svc',
      ],
      against: [],
      commands: [
        "kubectl -n metallb-system get services; kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath='{.webhooks[*].clientConfig.service.name}'",
        'kubectl get validatingwebhookconfigurations -o custom-columns=NAME:.metadata.name,SERVICE:.webhooks[0].clientConfig.service.name | grep -i -e metallb -e webhook-service',
      ],
    },
  ],
  'MLB-I25 what was said fits two reasons, for a Service that waits': [
    {
      cause: 'webhook-fails',
      severity: 'error',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: ['shop/checkout'],
      says: "the API server cannot call MetalLB's webhook, and the reason is not certain yet",
      details: [
        'Application argocd/metallb 2 min ago: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: connection refused',
        'it may be: the program does not serve port 9443 although it is Ready (certificate not made; see its log)',
        'or: a firewall or network policy that rejects instead of dropping',
      ],
      because: [
        'event: OperationCompleted: Sync failed: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "https://metallb-webhook-service.metallb-system.svc:443/validate": dial tcp 10.96.7.7:443: connect: connection refused',
      ],
      against: [],
      commands: [
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
        'curl -kv --max-time 3 https://POD-ADDRESS:9443/',
        '[ "$(kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath=\'{.webhooks[0].clientConfig.caBundle}\')" = "$(kubectl -n metallb-system get secret metallb-webhook-cert -o jsonpath=\'{.data.ca\\.crt}\')" ] && echo same || echo different',
      ],
    },
  ],
  'MLB-I26 the Secret lacks a key': [
    {
      cause: 'webhook-secret-damaged',
      severity: 'warning',
      about: 'Secret metallb-system/metallb-webhook-cert',
      affects: [],
      says: "the Secret metallb-webhook-cert of MetalLB's webhook is incomplete, so changes of MetalLB's objects are or will be refused",
      details: ['the controller says: Cert secret is not well-formed, missing ca.crt'],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:00:00Z","logger":"cert-rotation","msg":"secret is not well-formed, cannot update webhook configurations","error":"Cert secret is not well-formed, missing ca.crt"}',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system patch secret metallb-webhook-cert --type=merge -p \'{"data":null}\' && kubectl -n metallb-system rollout restart deployment/controller',
        'echo \'{"apiVersion":"metallb.io/v1beta1","kind":"IPAddressPool","metadata":{"generateName":"dry-run-","namespace":"metallb-system"},"spec":{"addresses":["192.0.2.1/32"]}}\' | kubectl create --dry-run=server -f -',
      ],
    },
  ],
  'MLB-I26 the definition has no conversion, and the API server breaks off': [
    {
      cause: 'crd-conversion-missing',
      severity: 'error',
      about: 'CustomResourceDefinition -/bgppeers.metallb.io',
      affects: [],
      says: 'the definition of BGPPeers has no conversion webhook, so the controller cannot finish its certificate',
      details: [
        'the controller says: `conversion.webhook.clientConfig` field not found in CustomResourceDefinition',
      ],
      because: [
        'log: {"level":"error","ts":1773457200.5,"logger":"cert-rotation","msg":"Unable to inject cert to webhook.","error":"`conversion.webhook.clientConfig` field not found in CustomResourceDefinition"}',
      ],
      against: [],
      commands: [
        "kubectl get crd bgppeers.metallb.io -o jsonpath='{.spec.conversion}'",
        '! kubectl -n metallb-system rollout restart deployment/controller',
      ],
    },
    {
      cause: 'webhook-untrusted',
      severity: 'warning',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: "the API server breaks off its calls of MetalLB's webhook: it does not trust the certificate",
      details: [
        'the controller says: 2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: remote error: tls: bad certificate',
      ],
      because: [
        'log: 2026/03/14 03:11:00 http: TLS handshake error from 10.0.0.1:39412: remote error: tls: bad certificate',
      ],
      against: [],
      commands: [
        '[ "$(kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath=\'{.webhooks[0].clientConfig.caBundle}\')" = "$(kubectl -n metallb-system get secret webhook-server-cert -o jsonpath=\'{.data.ca\\.crt}\')" ] && echo same || echo different',
        '! kubectl -n metallb-system patch secret webhook-server-cert --type=merge -p \'{"data":null}\' && kubectl -n metallb-system rollout restart deployment/controller',
      ],
    },
  ],
  'MLB-I27 GitOps and the controller both write': [
    {
      cause: 'webhook-certificate-contested',
      severity: 'info',
      about: 'ValidatingWebhookConfiguration -/metallb-webhook-configuration',
      affects: [],
      says: 'argocd-controller and the controller both keep writing metallb-webhook-configuration: GitOps takes the CA for drift',
      details: ['MetalLB wrote it 2 min ago', 'argocd-controller wrote it 2 min ago'],
      because: [
        'field: metadata.managedFields[MetalLB].time is 2026-03-14T03:10:02Z',
        'field: metadata.managedFields[argocd-controller].time is 2026-03-14T03:10:00Z',
      ],
      against: [],
      commands: [
        'kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o yaml --show-managed-fields',
      ],
    },
  ],
  'MLB-I28 the controller cannot reach the API server, and goes on saying so': [
    {
      cause: 'api-server-unreachable',
      severity: 'warning',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "MetalLB's controller cannot reach the API server from n1: the cluster's network is at fault, not MetalLB; nothing waits for that yet",
      details: [
        'so says the log of controller-0 on n1',
        'controller-0 100 s ago: Get "https://10.96.0.1:443/api/v1/services": dial tcp 10.96.0.1:443: i/o timeout',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:11:00Z","error":"Get \\"https://10.96.0.1:443/api/v1/services\\": dial tcp 10.96.0.1:443: i/o timeout"}',
      ],
      against: [],
      commands: [
        'kubectl -n kube-system get pods -o wide --field-selector spec.nodeName=n1',
        'kubectl -n metallb-system get networkpolicies -o yaml',
      ],
    },
  ],
  'MLB-I29 a speaker ends on errors of the API server': [
    {
      cause: 'api-server-troubled',
      severity: 'error',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: "MetalLB's speaker gets errors from the API server: that is at fault, not MetalLB",
      details: [
        'so says the log of speaker-n1 on n1',
        'speaker-n1 61 s ago: etcdserver: request timed out',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:11:39Z","error":"etcdserver: request timed out"}',
      ],
      against: [],
      commands: ["kubectl get --raw '/readyz?verbose'"],
    },
  ],
  'MLB-I48 Flux cannot make a third LoadBalancer Service': [
    {
      cause: 'services-blocked-by-quota',
      severity: 'warning',
      about: 'ResourceQuota shop/tenant',
      affects: ['shop/checkout'],
      says: 'quota tenant does not let shop/checkout be made: services.loadbalancers stands at 2 of 2',
      details: [
        'ReconciliationFailed 7 min ago: Service/shop/checkout dry-run failed (Forbidden): services "checkout" is forbidden: exceeded quota: tenant, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
        'LoadBalancer Services there: shop/search, shop/tv',
        'MetalLB never hears of it, and kubectl get services does not show it',
      ],
      because: [
        'event: ReconciliationFailed: Service/shop/checkout dry-run failed (Forbidden): services "checkout" is forbidden: exceeded quota: tenant, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch resourcequota tenant --type=merge -p \'{"spec":{"hard":{"services.loadbalancers":"3"}}}\'',
        'kubectl -n shop describe resourcequota tenant',
      ],
    },
  ],
  'MLB-I48 a ClusterIP Service may not become a LoadBalancer, and nobody says in which namespace': [
    {
      cause: 'services-blocked-by-quota',
      severity: 'error',
      about: 'ResourceQuota shop/tenant',
      affects: ['shop/checkout'],
      says: 'quota tenant does not let shop/checkout become a LoadBalancer: services.loadbalancers stands at 2 of 2',
      details: [
        'ReconciliationFailed 7 min ago: one or more objects failed to apply, reason: services "checkout" is forbidden: exceeded quota: tenant, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
        'LoadBalancer Services there: shop/search, shop/tv',
        'MetalLB never hears of it',
      ],
      because: [
        'event: ReconciliationFailed: one or more objects failed to apply, reason: services "checkout" is forbidden: exceeded quota: tenant, requested: services.loadbalancers=1, used: services.loadbalancers=2, limited: services.loadbalancers=2',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch resourcequota tenant --type=merge -p \'{"spec":{"hard":{"services.loadbalancers":"3"}}}\'',
        'kubectl -n shop describe resourcequota tenant',
      ],
    },
  ],
  'MLB-I48 a quota on all Services may not have hindered a LoadBalancer': [
    {
      cause: 'services-blocked-by-quota',
      severity: 'warning',
      about: 'ResourceQuota shop/tenant',
      affects: ['shop/checkout'],
      says: 'quota tenant does not let shop/checkout be made: services stands at 2 of 2',
      details: [
        'ReconciliationFailed 7 min ago: cannot reconcile: services "checkout" is forbidden: exceeded quota: tenant, requested: services=1, used: services=2, limited: services=2',
        'MetalLB never hears of it, and kubectl get services does not show it',
      ],
      because: [
        'event: ReconciliationFailed: cannot reconcile: services "checkout" is forbidden: exceeded quota: tenant, requested: services=1, used: services=2, limited: services=2',
      ],
      against: [],
      commands: [
        '! kubectl -n shop patch resourcequota tenant --type=merge -p \'{"spec":{"hard":{"services":"3"}}}\'',
        'kubectl -n shop describe resourcequota tenant',
      ],
    },
  ],
  'MLB-I47 a new Service never occurs in a log that reaches back further': [
    {
      cause: 'watch-stale',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: ['shop/checkout'],
      says: 'the controller runs and no longer sees changes of Services: its watch is stale, and only a restart helps',
      details: [
        'Service shop/checkout: made 12 min ago, and never looked at',
        'the last look at any Service was 72 min ago',
        'a watch goes stale when the way to the API server broke off unnoticed, or when etcd was restored from a backup; speakers can miss changes in the same way',
      ],
      because: [
        'derived: Service shop/checkout: no look at this Service in a log that reaches back further',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        "kubectl get --raw '/readyz?verbose'",
      ],
    },
  ],
  'MLB-I47 a pool was made while nobody listened': [
    {
      cause: 'watch-stale',
      severity: 'warning',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: 'the controller runs and no longer sees changes of IPAddressPools: its watch is stale, and only a restart helps',
      details: [
        'IPAddressPool dmz: made 12 min ago, and never looked at',
        'its watch broke off 42 min ago',
        'a watch goes stale when the way to the API server broke off unnoticed, or when etcd was restored from a backup; speakers can miss changes in the same way',
        'v0.13.12 may hand out other addresses after a restart (mended in v0.14.2)',
      ],
      because: [
        'derived: IPAddressPool metallb-system/dmz: no look at this IPAddressPool in a log that reaches back further',
        'log: W0314 02:30:00.100000       1 reflector.go:341] x/informers.go:7: watch of *v1beta1.IPAddressPool ended with: too old resource version: 4711 (4802)',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        "kubectl get --raw '/readyz?verbose'",
      ],
    },
  ],
  'MLB-I30 Pod Security refuses the speakers': [
    {
      cause: 'pods-blocked-by-pod-security',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: [],
      says: "the pods of MetalLB's speaker are not created: namespace metallb-system enforces Pod Security baseline",
      details: [
        'daemonset/speaker in metallb-system lacks 3 of 3 pods',
        'Error creating: pods "speaker-x" is forbidden: violates PodSecurity "baseline:latest": host namespaces',
      ],
      because: [
        'event: FailedCreate: Error creating: pods "speaker-x" is forbidden: violates PodSecurity "baseline:latest": host namespaces',
      ],
      against: [],
      commands: [
        '! kubectl label namespace metallb-system pod-security.kubernetes.io/enforce=privileged pod-security.kubernetes.io/audit=privileged pod-security.kubernetes.io/warn=privileged --overwrite',
      ],
    },
  ],
  'MLB-I30 a quota refuses the controller a Service waits for': [
    {
      cause: 'pods-blocked-by-quota',
      severity: 'error',
      about: 'Namespace -/metallb-system',
      affects: ['shop/checkout'],
      says: "the pods of MetalLB's controller are not created: they exceed the quota small",
      details: [
        'deployment/controller in metallb-system lacks 1 of 1 pods',
        'Error creating: pods is forbidden: exceeded quota: small, requested: pods=1',
      ],
      because: [
        'event: FailedCreate: Error creating: pods is forbidden: exceeded quota: small, requested: pods=1',
      ],
      against: [],
      commands: ['kubectl -n metallb-system describe resourcequotas'],
    },
  ],
  'MLB-I31 a port is taken on one node': [
    {
      cause: 'speaker-port-taken',
      severity: 'warning',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: 'the speaker cannot run on n1: port 7946 is taken there by another program',
      details: [
        'without it: speaker-n1 on n1',
        'speaker-n1: listen tcp 10.0.0.1:7946: bind: address already in use',
        '1 of 3 speakers is out (n1): addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached',
      ],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:11:30Z","error":"listen tcp 10.0.0.1:7946: bind: address already in use"}',
      ],
      against: [],
      commands: [
        "ssh n1 ss -lntup 'sport = :7946'",
        '! kubectl -n metallb-system edit daemonset/speaker',
      ],
    },
  ],
  'MLB-I32 the Secret is not there': [
    {
      cause: 'memberlist-secret-missing',
      severity: 'error',
      about: 'Secret metallb-system/metallb-memberlist',
      affects: [],
      says: 'the speakers cannot start: Secret metallb-memberlist in metallb-system, which the controller makes, is missing',
      details: [
        'waiting for it: speaker-n1 on n1',
        'MountVolume.SetUp failed for volume "memberlist" : secret "metallb-memberlist" not found',
        'the controller says: deployments.apps "controller" not found',
      ],
      because: [
        'event: FailedMount: MountVolume.SetUp failed for volume "memberlist" : secret "metallb-memberlist" not found',
        'log: {"level":"error","ts":"2026-03-14T03:00:00Z","op":"startup","msg":"failed to create memberlist secret","error":"deployments.apps \\"controller\\" not found"}',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        '! kubectl -n metallb-system create secret generic metallb-memberlist --from-literal=secretkey="$(openssl rand -base64 128)"',
      ],
    },
  ],
  'MLB-I32 the Secret that the speakers mount is empty': [
    {
      cause: 'memberlist-secret-missing',
      severity: 'error',
      about: 'Secret metallb-system/lb-metallb-memberlist',
      affects: [],
      says: 'the speakers cannot start: Secret lb-metallb-memberlist in metallb-system, which the controller makes, has no key secretkey',
      details: ['waiting for it: speaker-n1 on n1', 'memberlist secret key file is empty'],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:11:30Z","error":"memberlist secret key file is empty"}',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system delete secret lb-metallb-memberlist && kubectl -n metallb-system rollout restart deployment/controller',
      ],
    },
  ],
  'MLB-I32 the Secret has the name that the chart was told': [
    {
      cause: 'memberlist-secret-missing',
      severity: 'error',
      about: 'Secret metallb-system/lb-gossip',
      affects: [],
      says: 'the speakers cannot start: Secret lb-gossip in metallb-system, which the controller makes, is missing',
      details: [
        'waiting for it: speaker-n1 on n1',
        'MountVolume.SetUp failed for volume "memberlist" : secret "lb-gossip" not found',
      ],
      because: [
        'event: FailedMount: MountVolume.SetUp failed for volume "memberlist" : secret "lb-gossip" not found',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart deployment/controller',
        '! kubectl -n metallb-system create secret generic lb-gossip --from-literal=secretkey="$(openssl rand -base64 128)"',
      ],
    },
  ],
  'MLB-I33 the speakers may not list a kind': [
    {
      cause: 'speaker-without-permission',
      severity: 'error',
      about: 'ServiceAccount metallb-system/speaker',
      affects: [],
      says: "MetalLB's speakers lack the right to list servicebgpstatuses.metallb.io in namespace metallb-system",
      details: ['denied: list servicebgpstatuses.metallb.io in namespace metallb-system'],
      because: [
        'log: {"level":"error","ts":"2026-03-14T03:11:20Z","error":"servicebgpstatuses.metallb.io is forbidden: User \\"system:serviceaccount:metallb-system:speaker\\" cannot list resource \\"servicebgpstatuses\\" in API group \\"metallb.io\\" in the namespace \\"metallb-system\\""}',
      ],
      against: [],
      commands: [
        '! kubectl -n metallb-system rollout restart daemonset/speaker',
        'kubectl auth can-i list servicebgpstatuses.metallb.io -n metallb-system --as=system:serviceaccount:metallb-system:speaker',
      ],
    },
  ],
  'MLB-I34 a node has no room': [
    {
      cause: 'speaker-not-scheduled',
      severity: 'warning',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: 'a speaker pod waits for a node: 0/3 nodes are available: 1 Insufficient cpu.',
      details: [
        'waiting: speaker-n1',
        'its node selector asks for kubernetes.io/os=linux',
        '1 of 3 speakers is out: addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached',
      ],
      because: ['field: status.conditions[PodScheduled] is False'],
      against: [],
      commands: ['kubectl -n metallb-system describe pod speaker-n1'],
    },
  ],
  'MLB-I35 a taint keeps the speaker away': [
    {
      cause: 'speaker-missing-on-nodes',
      severity: 'info',
      about: 'DaemonSet metallb-system/speaker',
      affects: [],
      says: 'no speaker runs on n4: dedicated=ingress:NoSchedule keeps it away',
      details: [
        'n4 has the taint dedicated=ingress:NoSchedule',
        'its node selector asks for kubernetes.io/os=linux',
        'such a node announces nothing; with externalTrafficPolicy: Local its endpoints are not reached',
      ],
      because: ['field: spec.taints is dedicated=ingress:NoSchedule'],
      against: [],
      commands: ['! kubectl -n metallb-system edit daemonset/speaker'],
    },
  ],
  'MLB-I36 the probes of the controller hang': [
    {
      cause: 'probe-blocked',
      severity: 'error',
      about: 'Pod metallb-system/controller-0',
      affects: [],
      says: "the kubelet's probes do not get through to MetalLB's controller on port 7472, so it never counts as ready",
      details: [
        'without an answer: controller-0 on n1',
        'Readiness probe failed: Get "http://10.244.1.5:7472/metrics": context deadline exceeded',
      ],
      because: [
        'field: status.conditions[Ready] is False',
        'event: Unhealthy: Readiness probe failed: Get "http://10.244.1.5:7472/metrics": context deadline exceeded',
      ],
      against: [],
      commands: [
        'ssh n1 curl -sv --max-time 3 http://10.244.1.5:7472/metrics',
        'kubectl -n metallb-system logs controller-0 --tail=20',
      ],
    },
  ],
  'MLB-I37 the exporter of FRR ends again and again': [
    {
      cause: 'speaker-frr-failing',
      severity: 'warning',
      about: 'Pod metallb-system/speaker-n1',
      affects: [],
      says: 'container frr-metrics of the speakers does not come up, so their pods are never ready: speaker-n1 on n1',
      details: [
        'frr-metrics: 8 restarts, last end 60 s ago: exit code 1',
        'it only measures: sessions go on without it',
        '1 of 3 speakers is out (n1): addresses move to other nodes; a Service with externalTrafficPolicy: Local whose endpoints are only there is not reached',
      ],
      because: ['field: status.containerStatuses[frr-metrics].restartCount is 8'],
      against: [],
      commands: [
        'kubectl -n metallb-system logs speaker-n1 -c frr-metrics --previous --tail=50',
        '! kubectl -n metallb-system rollout undo daemonset/speaker',
      ],
    },
  ],
  'MLB-I38 pools and advertisements are gone while Services hold addresses': [
    {
      cause: 'configuration-lost',
      severity: 'error',
      about: 'CustomResourceDefinition -/ipaddresspools.metallb.io',
      affects: [],
      says: "MetalLB's whole configuration is gone: no pool and no advertisement is left, and their definitions are newer than the installation",
      details: [
        "the definition of IPAddressPools was made 72 min ago, the controller's Deployment 72 d ago",
        'addresses out of pools that are gone: shop/checkout',
        'with the definitions (CRDs) go all their objects; the chart does not keep them when it stops shipping them',
      ],
      because: [
        'field: metadata.creationTimestamp is 2026-03-14T02:00:00Z',
        'field: status.loadBalancer.ingress is 10.4.11.3',
      ],
      against: [],
      commands: [
        "kubectl get crd ipaddresspools.metallb.io -o jsonpath='{.metadata.creationTimestamp}'",
        'kubectl get ipaddresspools.metallb.io,l2advertisements.metallb.io,bgpadvertisements.metallb.io,bgppeers.metallb.io -A',
      ],
    },
  ],
  'MLB-I39 the ConfigMap of v0.12 is still there': [
    {
      cause: 'old-configuration-ignored',
      severity: 'error',
      about: 'ConfigMap metallb-system/config',
      affects: [],
      says: 'MetalLB v0.15.3 has no pool: its configuration still is the ConfigMap config, which is not read since v0.13',
      details: ['ConfigMap metallb-system/config holds address-pools', 'no event tells of it'],
      because: ['field: data.config is address-pools: …'],
      against: [],
      commands: ['kubectl -n metallb-system get configmap config -o yaml'],
    },
  ],
  'MLB-I40 the operator has made nothing': [
    {
      cause: 'operator-without-metallb',
      severity: 'error',
      about: 'Deployment metallb-system/metallb-operator-controller-manager',
      affects: [],
      says: 'the MetalLB operator in metallb-system has not made a MetalLB: there is neither controller nor speaker',
      details: [
        'it wants a resource MetalLB called metallb in metallb-system; by any other name it is Degraded, IncorrectMetalLBResourceName',
      ],
      because: ['field: status.readyReplicas is 1'],
      against: [],
      commands: [
        'kubectl get metallbs.metallb.io -A -o yaml',
        'kubectl -n metallb-system logs deployment/metallb-operator-controller-manager --tail=50',
      ],
    },
  ],
  'MLB-I41 a Service asks where metrics were': [
    {
      cause: 'metrics-port-moved',
      severity: 'warning',
      about: 'Service metallb-system/speaker-monitor',
      affects: [],
      says: 'metallb-system/speaker-monitor still asks for metrics on port 7472, where MetalLB v0.16.1 serves none',
      details: [
        'from v0.16.0 they are on port 9120, by HTTPS, for accounts that may get /metrics',
        'alerts built on them have been silent since the upgrade',
      ],
      because: ['field: spec.ports[].targetPort is 7472'],
      against: [],
      commands: [
        'kubectl -n metallb-system get services,servicemonitors.monitoring.coreos.com -o wide',
      ],
    },
  ],
  'MLB-I49 FRR-K8s crashes on one node, and BGP needs it': [
    {
      cause: 'speaker-frr-failing',
      severity: 'warning',
      about: 'DaemonSet metallb-system/frr-k8s-daemon',
      affects: [],
      says: 'FRR-K8s (frr-k8s-daemon) does not come up, so nobody speaks BGP there: frr-k8s-daemon-n1 on n1',
      details: [
        'frr-k8s-daemon-n1: container frr crashes (8 restarts, exit code 1)',
        'the speakers only hand it their configuration, and look well without it; layer 2 does not need it',
      ],
      because: ['field: status.conditions[Ready] is False'],
      against: [],
      commands: [
        'kubectl -n metallb-system describe pod frr-k8s-daemon-n1',
        'kubectl -n metallb-system logs frr-k8s-daemon-n1 --all-containers --tail=50',
      ],
    },
  ],
  'MLB-I42 FRR-K8s without BGP': [
    {
      cause: 'frr-k8s-unasked',
      severity: 'info',
      about: 'DaemonSet metallb-system/frr-k8s-daemon',
      affects: [],
      says: 'frr-k8s-daemon runs although no BGPAdvertisement needs it: from v0.16.0 it comes along by itself',
      details: ['harmless for layer 2; it takes ports 7572, 7573, 9140 and 9141 of every node'],
      because: ['field: status.desiredNumberScheduled is 3'],
      against: [],
      commands: ['kubectl -n metallb-system get daemonset frr-k8s-daemon -o wide'],
    },
  ],
  'MLB-I43 a definition was not there yet': [
    {
      cause: 'git-ops-cannot-apply',
      severity: 'error',
      about: 'Application argocd/metallb',
      affects: [],
      says: 'Application argocd/metallb cannot apply what it holds for MetalLB, so the cluster is not as Git says',
      details: [
        'OperationCompleted 72 min ago: Sync failed: no matches for kind "IPAddressPool" in version "metallb.io/v1beta1"',
        'the definitions (CRDs) were not there yet: sync them first, or again',
      ],
      because: [
        'event: OperationCompleted: Sync failed: no matches for kind "IPAddressPool" in version "metallb.io/v1beta1"',
      ],
      against: [],
      commands: ['kubectl -n argocd describe applications.argoproj.io metallb'],
    },
  ],
  'MLB-I44 a finalizer holds a Service': [
    {
      cause: 'service-held-by-finalizer',
      severity: 'warning',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'shop/checkout has been on its way out for 2 h, and service.kubernetes.io/load-balancer-cleanup holds it with its address 10.4.11.3',
      details: [
        'shop/checkout: service.kubernetes.io/load-balancer-cleanup',
        'service.kubernetes.io/load-balancer-cleanup is set by a cloud controller or k3s ServiceLB, never by MetalLB',
      ],
      because: [
        'field: metadata.deletionTimestamp is 2026-03-14T01:12:40Z',
        'field: metadata.finalizers is service.kubernetes.io/load-balancer-cleanup',
      ],
      against: [],
      commands: [
        'kubectl -n shop describe service checkout',
        '! kubectl -n shop patch service checkout --type=json -p \'[{"op":"test","path":"/metadata/finalizers/0","value":"service.kubernetes.io/load-balancer-cleanup"},{"op":"remove","path":"/metadata/finalizers/0"}]\'',
      ],
    },
  ],
  'MLB-I45 the last writer is somebody else, and no pool could be read': [
    {
      cause: 'rival-controller',
      severity: 'error',
      about: 'Service shop/checkout',
      affects: ['shop/checkout'],
      says: 'Cilium LB-IPAM serves shop/checkout too, and overwrites what MetalLB writes',
      details: ['cilium-operator-generic wrote 10.9.0.7 into the status'],
      because: ['field: metadata.managedFields[status].manager is cilium-operator-generic'],
      against: [],
      commands: ['kubectl get daemonsets,deployments -A -o wide'],
    },
  ],
  'MLB-I46 the controller waits for the Secret of its webhook': [
    {
      cause: 'webhook-secret-missing',
      severity: 'error',
      about: 'Secret metallb-system/metallb-webhook-cert',
      affects: [],
      says: 'the controller cannot start: Secret metallb-webhook-cert in metallb-system, which it mounts for its webhook, is missing',
      details: [
        'waiting for it: controller-0 on n1',
        'MountVolume.SetUp failed for volume "cert" : secret "metallb-webhook-cert" not found',
      ],
      because: [
        'event: FailedMount: MountVolume.SetUp failed for volume "cert" : secret "metallb-webhook-cert" not found',
      ],
      against: [],
      commands: ['! kubectl -n metallb-system create secret generic metallb-webhook-cert'],
    },
  ],
};
