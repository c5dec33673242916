import type { IpAddress } from '../../facts/ip.ts';
import type { Symptom } from '../../facts/finding.ts';
import type { Service } from '../../facts/kube-objects.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import type { LooksAt } from '../probe/probing.ts';
import type { WantedService } from './service-argument.ts';

/** What is asked of the cluster. */
export interface Question {
  readonly symptom: Symptom;
  readonly service: WantedService | undefined;
  /** Finds the Service in what was read; undefined when the question is about the whole cluster. */
  readonly subjectIn: (snapshot: Snapshot) => Promise<Service | undefined>;
  /** Looks at the wire for it; undefined when nobody wants that. */
  readonly looksAt?: LooksAt | undefined;
  /** The one address that is asked about; undefined for all that the Service has. */
  readonly address?: IpAddress | undefined;
  /** Who cannot reach the Service; undefined when nobody in particular. */
  readonly client?: IpAddress | undefined;
}
