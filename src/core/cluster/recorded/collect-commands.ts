import { factNames, kinds, qualifiedResource } from '../kinds.ts';

/** Of these kinds only the objects beside MetalLB are of use, and others' may hold secrets. */
const besideMetalLB: readonly string[] = ['pods', 'configmaps'];

const resources = [
  ...factNames.map((fact) => qualifiedResource(kinds[fact])),
  'customresourcedefinitions',
];

/** The pasteable lines that collect all that triage can use into the directory DIR, one file per kind. */
export const collectCommands: readonly string[] = [
  'metallb=metallb-system; mkdir -p DIR/logs/$metallb',
  `for kind in ${resources.filter((name) => !besideMetalLB.includes(name)).join(' ')}; do kubectl get $kind -A -o yaml >DIR/$kind.yaml; done`,
  `for kind in ${besideMetalLB.join(' ')}; do kubectl -n $metallb get $kind -o yaml >DIR/$kind.yaml; done`,
  'for pod in $(kubectl -n $metallb get pods -o name); do kubectl -n $metallb logs $pod --tail=200 >DIR/logs/$metallb/${pod#pod/}.log; kubectl -n $metallb logs $pod --tail=200 --previous >DIR/logs/$metallb/${pod#pod/}.previous.log; done',
  'kubectl version -o json >DIR/version.json',
];
