import type { ArpVerdict } from '../../facts/arp-report.ts';
import { Exit, type ExitCode } from '../../facts/exit.ts';
import type { WireLook } from '../../facts/wire.ts';

/** What a look comes to, for the question that was asked. */
export function verdictOf(look: WireLook, asks: 'who' | 'free'): ArpVerdict {
  return asks === 'who' ? whoHas(look) : whetherFree(look);
}

/** The exit code of a verdict. */
export function exitOf(verdict: ArpVerdict): ExitCode {
  switch (verdict) {
    case 'one':
    case 'free':
      return Exit.healthy;
    case 'several':
    case 'nobody':
    case 'only-announced':
    case 'in-use':
    case 'about-to-be-taken':
      return Exit.problem;
    case 'not-seen':
      return Exit.unknown;
  }
}

/** A kernel's table has room for one, so one in it does not mean that nobody else answers. */
function whoHas(look: WireLook): ArpVerdict {
  const { answers, method } = look;
  if (answers.length > 1) {
    return 'several';
  }
  const [only] = answers;
  if (only === undefined) {
    return isSilenceProof(look) ? 'nobody' : 'not-seen';
  }
  if (method === 'neighbours') {
    return 'not-seen';
  }
  if (!only.unasked) {
    return 'one';
  }
  return isSilenceProof(look) ? 'only-announced' : 'not-seen';
}

function whetherFree(look: WireLook): ArpVerdict {
  const isKernel = look.method === 'neighbours';
  if (look.answers.length > 0) {
    return isKernel && look.asked === 0 ? 'not-seen' : 'in-use';
  }
  if ((look.probers ?? []).length > 0) {
    return 'about-to-be-taken';
  }
  return !isKernel && isSilenceProof(look) ? 'free' : 'not-seen';
}

function isSilenceProof({ asked, gaps = [] }: WireLook): boolean {
  return asked > 0 && gaps.length === 0;
}
