import type { ExitCode } from './exit.ts';
import type { WireLook } from './wire.ts';

/** Version of the JSON that `arp` prints. Additive only within a major. */
export const arpSchemaVersion = 'triage.arp/v1';

/** What a look came to. The first five answer who has the address, the others with `nobody-seen` whether it is free. */
export type ArpVerdict =
  | 'one'
  | 'several'
  | 'nobody'
  /** It is announced, and whoever does so keeps silent when asked. */
  | 'only-announced'
  /** Too little could be seen to say. */
  | 'not-seen'
  | 'free'
  | 'in-use'
  /** Somebody else asks whether it is free, to take it. */
  | 'about-to-be-taken';

/** One thing to do, with the command for it where there is one. */
export interface ArpAdvice {
  readonly says: string;
  readonly command?: string;
}

/** An address beside the one in question that nobody answered for; `asked` is false where it is on no network of the interface. */
export interface SilentBeside {
  readonly address: string;
  readonly asked: boolean;
}

/** What `arp` answers. */
export interface ArpReport {
  readonly schemaVersion: typeof arpSchemaVersion;
  readonly tool: { readonly name: 'triage'; readonly version: string };
  readonly command: 'arp';
  /** `free`: whether nobody has it; else who has it. */
  readonly asks: 'who' | 'free';
  readonly verdict: ArpVerdict;
  readonly exitCode: ExitCode;
  readonly headline: string;
  readonly look: WireLook;
  /** Of the addresses of --beside those that nobody answered for; absent when each has an answer. */
  readonly silentBeside?: readonly SilentBeside[];
  /** How to see what could not be seen. */
  readonly advice: readonly ArpAdvice[];
  readonly interrupted: boolean;
}
