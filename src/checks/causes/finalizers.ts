import type { Cause } from '../../core/diagnosis/cause.ts';

/** Services that were deleted and do not go. */
export const finalizerCauses: readonly Cause[] = [
  {
    id: 'service-held-by-finalizer',
    title: 'A Service that was deleted does not go',
    stage: 'health',
    law: 'An object with finalizers goes only when every one of them was taken off; until then the Service keeps its address.',
    looksLike:
      'kubectl delete hangs; the Service shows a deletionTimestamp and its address is not free.',
    why: 'The controller that set the finalizer is gone or stuck: a cloud controller, k3s ServiceLB, a backup or policy tool.',
    howToBeSure: 'kubectl get service -o yaml: metadata.finalizers names it.',
    whatToDo: 'Bring that controller back. If it is gone for good, take its finalizer off by hand.',
    whatItIsNot: 'Not MetalLB: it sets no finalizer.',
    explains: [],
  },
];
