import { copyFile, link, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { openBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { metallbRelease } from './build.ts';
import type { MetalLBRelease } from './build.ts';
import { startControlPlane } from './control-plane.ts';
import type { ControlPlane } from './control-plane.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Program } from './program.ts';
import type { MetalLBVersion } from './recipes.ts';
import { eventually } from './waiting.ts';

/** MetalLB's controller alone on a bare API server: no nodes, no other controller that writes anything. */
export interface BareController extends AsyncDisposable {
  readonly bed: Bed;
  readonly plane: ControlPlane;
  /** The controller as a process; it is not started yet. */
  readonly start: () => Program;
  readonly logFile: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts etcd and an API server with MetalLB's definitions. The controller runs in a root folder of its own, since
 * it looks for the certificate of its webhook in one fixed place.
 */
export async function startBareController(
  version: MetalLBVersion,
  serviceRanges: readonly string[] = ['10.96.0.0/16', 'fd00:96::/108'],
): Promise<BareController> {
  const release = await metallbRelease(version);
  const bed = await openBed();
  try {
    const plane = await startControlPlane({ bed, mode: 'scenario', serviceRanges });
    await install(plane, release);
    await furnish(bed, plane, release);
    const stop = async (): Promise<void> => {
      await plane.stop();
      await bed.stop();
    };
    return {
      bed,
      plane,
      start: () => bed.start({ ...commandOf(bed, version), namespace: plane.namespace }),
      logFile: join(bed.folder, 'logs', `${programName}.log`),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await bed.stop();
    throw error;
  }
}

const programName = 'controller';
const namespace = 'metallb-system';
const webhookPath = 'validate-metallb-io-v1beta1-ipaddresspool';

/** The definitions of the release, its namespace, a pod for the releases that look for their own, and the webhook. */
async function install(plane: ControlPlane, { manifests }: MetalLBRelease): Promise<void> {
  const text = await readFile(join(manifests, 'metallb-native.yaml'), 'utf8');
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
  const definitions = objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  for (const definition of definitions) {
    await plane.api.create(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      withoutConversion(definition),
    );
  }
  await plane.api.create('/api/v1/namespaces', { metadata: { name: namespace } });
  await plane.api.create(`/api/v1/namespaces/${namespace}/pods`, {
    metadata: { name: programName },
    spec: { containers: [{ name: programName, image: programName }] },
  });
  await plane.api.create(webhookConfigurations, await webhookConfiguration(plane));
  await eventually('the definitions to be served', () =>
    plane.api.list(`/apis/metallb.io/v1beta1/ipaddresspools`),
  );
}

const webhookConfigurations =
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

/** The real webhook judges what is only tried: a write itself gets past it, so that broken pools reach the controller. */
async function webhookConfiguration({ authority }: ControlPlane): Promise<object> {
  const certificate = await readFile(authority.certificate);
  return {
    metadata: { name: 'dry-runs-only' },
    webhooks: [
      {
        name: 'ipaddresspoolvalidationwebhook.metallb.io',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        failurePolicy: 'Fail',
        matchConditions: [{ name: 'only-tried', expression: 'request.dryRun' }],
        clientConfig: {
          url: `https://127.0.0.1:9443/${webhookPath}`,
          caBundle: certificate.toString('base64'),
        },
        rules: [
          {
            apiGroups: ['metallb.io'],
            apiVersions: ['v1beta1'],
            operations: ['CREATE', 'UPDATE'],
            resources: ['ipaddresspools'],
          },
        ],
      },
    ],
  };
}

function withoutConversion(definition: KubernetesObject): object {
  const { status: _status, ...rest } = definition;
  const spec = definition['spec'] as Record<string, unknown>;
  const { conversion: _conversion, ...kept } = spec;
  return { ...rest, spec: kept };
}

async function furnish(bed: Bed, plane: ControlPlane, release: MetalLBRelease): Promise<void> {
  const root = rootOf(bed);
  const certificates = join(root, 'tmp', 'k8s-webhook-server', 'serving-certs');
  await mkdir(certificates, { recursive: true });
  await link(release.controller, join(root, 'controller'));
  const kubeconfig = await plane.clientCertificate('controller', ['system:masters']);
  await copyFile(kubeconfig, join(root, 'kubeconfig'));
  const pair = await plane.authority.issue({
    file: 'webhook',
    commonName: 'webhook',
    hosts: ['127.0.0.1'],
  });
  await writeFile(join(certificates, 'tls.crt'), await readFile(pair.certificate));
  await writeFile(join(certificates, 'tls.key'), await readFile(pair.key));
}

function commandOf(
  bed: Bed,
  version: MetalLBVersion,
): { name: string; command: string; args: readonly string[] } {
  const flags = [
    '--kubeconfig=/kubeconfig',
    `--namespace=${namespace}`,
    '--log-level=debug',
    '--disable-cert-rotation',
    ...(version === 'v0.16.1' ? [`--pod-name=${programName}`] : []),
  ];
  return { name: programName, command: 'chroot', args: [rootOf(bed), '/controller', ...flags] };
}

function rootOf(bed: Bed): string {
  return join(bed.folder, 'controller-root');
}
