import { DiagnosisCommand } from '../diagnosis-command.ts';
import type { SourceFlags } from '../world.ts';
import type { ProbeFlags } from './probe-flags.ts';
import { type LooksAt, probing } from './probing.ts';

/** Commands that may look at the wire before they answer. */
export abstract class ProbingCommand extends DiagnosisCommand {
  /** How these flags want the wire looked at; undefined when they do not. */
  protected lookingAt(flags: ProbeFlags & SourceFlags): LooksAt | undefined {
    return probing(flags, {
      narrate: (title, work) => this.whileNarrating(title, work),
      tell: (text) => this.tell(text),
      version: this.config.version,
      signal: this.signal,
    });
  }
}
