import { namespacesInWords, namespacesRead } from '../facts/reading.ts';
import type { Installation, Snapshot } from '../facts/snapshot.ts';
import { shownOn } from './layout.ts';
import type { Canvas } from './style.ts';
import { inked } from './style.ts';
import { wrapped } from './wrap.ts';

/** What the banner is made of. */
export type Whereabouts = Pick<Snapshot, 'target' | 'installations' | 'notices'> & {
  readonly readings: Pick<Snapshot['readings'], 'deployments' | 'daemonSets'>;
};

/** Where we look and as whom, before anything else is said; then what was noticed while reading. */
export function bannerOf(
  { target, installations, notices = [], readings }: Whereabouts,
  canvas: Canvas,
): string {
  const parts = [
    target.context,
    target.server,
    installations.length === 0 ? notFoundText(readings) : installationText(installations),
    target.identity === undefined ? undefined : `as ${target.identity}`,
  ];
  const place = parts.filter((part) => part !== undefined).join(' · ');
  return `${dimmed(place, canvas)}${notices.map((notice) => noteText(notice, canvas)).join('')}`;
}

/** One thing that was noticed, beside the answer. */
export function noteText(notice: string, canvas: Canvas): string {
  return dimmed(`note: ${notice}`, canvas);
}

function dimmed(text: string, canvas: Canvas): string {
  return wrapped(shownOn(canvas, text), { width: canvas.width, hang: '  ' })
    .map((line) => `${inked(line, ['dim'], canvas)}\n`)
    .join('');
}

/** MetalLB is recognised by its workloads; who may not see them cannot say that it is not there. */
function notFoundText({ deployments, daemonSets }: Whereabouts['readings']): string {
  const unseen = [deployments, daemonSets].find((reading) => reading.state !== 'read');
  switch (unseen?.state) {
    case 'forbidden':
      return `could not look for MetalLB (no right to ${unseen.verb} ${unseen.resource})`;
    case 'failed':
      return `could not look for MetalLB (${unseen.reason})`;
    case 'absent':
    case undefined:
      break;
  }
  const within = deployments.state === 'read' ? namespacesRead(deployments) : undefined;
  return within === undefined
    ? installationText([])
    : `no MetalLB found in ${namespacesInWords(within)}, and no right to look elsewhere`;
}

/** `MetalLB v0.15.3 in metallb-system`. */
export function installationText(installations: readonly Installation[]): string {
  const [first] = installations;
  if (first === undefined) {
    return 'no MetalLB found';
  }
  const version = first.controllerVersion ?? first.speakerVersion ?? '(version unknown)';
  const others = installations.length > 1 ? ` (and ${installations.length - 1} more)` : '';
  return `MetalLB ${version} in ${first.namespace}${others}`;
}
