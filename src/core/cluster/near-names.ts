/** Up to five of the `names` that look like `name`, nearest first. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  const farthest = Math.max(2, Math.floor(name.length / 3));
  return names
    .map((candidate) => ({
      candidate,
      distance: distanceTo(name, candidate),
      longer: Math.abs(candidate.length - name.length),
    }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted(
      (left, right) =>
        left.distance - right.distance || left.longer - right.longer || byText(left, right),
    )
    .slice(0, 5)
    .map(({ candidate }) => candidate);
}

function byText(left: { candidate: string }, right: { candidate: string }): number {
  return left.candidate < right.candidate ? -1 : 1;
}

/** Part of a name counts as one step away; else the number of letters to change; capitals are no difference. */
function distanceTo(name: string, candidate: string): number {
  const [left, right] = [name.toLowerCase(), candidate.toLowerCase()];
  if (left.length > 2 && (right.includes(left) || left.includes(right))) {
    return 1;
  }
  return editDistance(left, right);
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [leftIndex, leftLetter] of left.split('').entries()) {
    const next = [leftIndex + 1];
    for (const [index, letter] of right.split('').entries()) {
      const substituted = (row[index] ?? 0) + (letter === leftLetter ? 0 : 1);
      next.push(Math.min((row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1, substituted));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
