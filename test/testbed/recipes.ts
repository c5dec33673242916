/** The MetalLB releases that the test bed runs. */
export const METALLB_VERSIONS = ['v0.14.9', 'v0.15.3', 'v0.16.1'] as const;
export type MetalLBVersion = (typeof METALLB_VERSIONS)[number];

export const KUBERNETES_VERSION = 'v1.34.4';

/** A program that the test bed builds, named as its binary; MetalLB's are named with their release. */
export type ProgramName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kubectl'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kube-proxy'
  | `controller@${MetalLBVersion}`
  | `speaker@${MetalLBVersion}`
  | 'kwok';

export interface Recipe {
  /** The folder under `programs/` whose go.mod pins the program. */
  readonly folder: string;
  /** The Go package of the program. */
  readonly package: string;
  readonly binary: string;
  readonly ldflags: string;
  /** Folders of a module that are kept beside the binary: for example released manifests. */
  readonly keep: { readonly module: string; readonly folder: string } | undefined;
}

const STRIPPED = '-s -w';

/** Without a version the API server calls itself v0.0.0-master and kubectl cannot parse that. */
const KUBERNETES_STAMPS = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
  .flatMap((path) => [
    `-X ${path}.gitVersion=${KUBERNETES_VERSION}`,
    `-X ${path}.gitMajor=1`,
    `-X ${path}.gitMinor=34`,
    `-X ${path}.gitTreeState=clean`,
  ])
  .join(' ');

/** The order is the order of building: the least that a scenario needs comes first. */
export const RECIPES: ReadonlyMap<ProgramName, Recipe> = new Map([
  ['etcd', plainRecipe('etcd', 'go.etcd.io/etcd/server/v3', 'etcd')],
  ...['kube-apiserver', 'kubectl'].map(kubernetesRecipe),
  ...metallbRecipes('v0.15.3'),
  ...['kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map(kubernetesRecipe),
  ...metallbRecipes('v0.16.1'),
  ...metallbRecipes('v0.14.9'),
  ['kwok', plainRecipe('kwok', 'sigs.k8s.io/kwok/cmd/kwok', 'kwok')],
] as [ProgramName, Recipe][]);

function plainRecipe(folder: string, goPackage: string, binary: string): Recipe {
  return { folder, package: goPackage, binary, ldflags: STRIPPED, keep: undefined };
}

function kubernetesRecipe(binary: string): [string, Recipe] {
  const recipe = plainRecipe('kubernetes', `k8s.io/kubernetes/cmd/${binary}`, binary);
  return [binary, { ...recipe, ldflags: `${STRIPPED} ${KUBERNETES_STAMPS}` }];
}

function metallbRecipes(version: MetalLBVersion): [string, Recipe][] {
  return ['controller', 'speaker'].map((binary) => [
    `${binary}@${version}`,
    {
      ...plainRecipe(`metallb-${version}`, `go.universe.tf/metallb/${binary}`, binary),
      keep: { module: 'go.universe.tf/metallb', folder: 'config/manifests' },
    },
  ]);
}
