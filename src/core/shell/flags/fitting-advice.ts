const otherwise = /^(or read a recorded cluster: )--from PATH$/;

/** Advice of flags that the command knows: not every one that asks a cluster can read a recording of it. */
export function fittingAdvice(
  suggestions: readonly string[],
  flags: readonly string[],
): readonly string[] {
  return suggestions.flatMap((each) => {
    if (flags.includes('from') || !otherwise.test(each)) {
      return each;
    }
    return flags.includes('with') ? each.replace(otherwise, '$1--with PATH') : [];
  });
}
