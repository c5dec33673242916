import { factNames, kinds, qualifiedResource } from '../../../../src/core/cluster/kinds.ts';

/** Of these kinds only the objects beside MetalLB are of use, and others' may hold secrets. */
const besideMetalLB: readonly string[] = ['pods', 'configmaps'];

/** Other programs have kinds of these names too, such as Calico its BGPPeers. */
const resources = factNames
  .map((fact) => kinds[fact])
  .map((kind) =>
    ['metallb.io', 'crd.projectcalico.org'].includes(kind.group)
      ? qualifiedResource(kind)
      : kind.resource,
  )
  .filter((resource) => !besideMetalLB.includes(resource));

/** Short enough for a terminal, because a line that the terminal breaks cannot be pasted. */
const longestLine = 70;

/** The pasteable lines that collect all that triage can use into the directory DIR, one file per kind. */
export const collectCommands: readonly string[] = [
  'metallb=metallb-system',
  'mkdir -p DIR/logs/$metallb',
  ...broken(`for kind in ${[...resources, 'customresourcedefinitions'].join(' ')}; do`),
  'kubectl get $kind -A -o yaml >DIR/$kind.yaml',
  'done',
  `for kind in ${besideMetalLB.join(' ')}; do`,
  'kubectl -n $metallb get $kind -o yaml >DIR/$kind.yaml',
  'done',
  'for pod in $(kubectl -n $metallb get pods -o name); do',
  'log=DIR/logs/$metallb/${pod#pod/}',
  'kubectl -n $metallb logs $pod --tail=200 >$log.log',
  'kubectl -n $metallb logs $pod --tail=200 -p >$log.previous.log',
  'done',
  'kubectl version -o json >DIR/version.json',
];

/** A long line in several, each but the last going on behind a backslash. */
function broken(line: string): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length > longestLine - ' \\ '.length) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines.map((part, index) => (index < lines.length - 1 ? `${part} \\` : part));
}
