import type { Cause } from '../../core/diagnosis/cause.ts';

/** What the controller still holds. */
export const staleConfigurationCauses: readonly Cause[] = [
  {
    id: 'config-stale',
    title: 'The controller works with an older configuration',
    stage: 'health',
    law: 'The controller decides by the configuration it loaded last; a change that it refuses or does not see leaves that in force.',
    looksLike:
      'A changed pool has no effect, nothing in the objects is wrong, and every pod is green.',
    why: 'It refused the change for a reason that the objects no longer show, or it no longer hears of changes (a watch that hangs, a right that was taken away). Since v0.14.2 a range that is taken out of a pool frees the addresses in it as soon as the change is loaded; before that the change was refused while one of them was in use.',
    howToBeSure:
      'From v0.15.0 on, assigned and available of a pool\'s status add up to its size: they do not. An error line of the PoolReconciler that is newer than every pool, with no "config reloaded" after it.',
    whatToDo:
      'Read what the controller last said about its configuration and mend that. Restart it only when triage validate says that the objects can be loaded: a controller that starts on bad objects has no configuration at all.',
    whatItIsNot:
      'Not the metric metallb_k8s_client_config_stale_bool by itself: it stays 1 when a fault is undone, although nothing is stale (#2245). Not config-rejected, where the objects themselves show the fault.',
    explains: ['waiting-for-retry'],
  },
];
