import { shellWord } from '../../facts/shell-word.ts';
import { portsAtOnce, type PortQuestion, type WireQuestion } from '../../facts/wire-port.ts';

/** Begins a line with what somebody else sent: it must not be taken for a word of ours. */
export const foreign = '> ';

const atOnce = 32;

/** So many addresses in subnets no node has; where one does, what is cut off is known to be. */
export const mostHeld = 200;

/**
 * One script of sh for every image: it lets triage look where the image has it, else busybox's own tools. Whatever they
 * print is kept as it is, between marks, and understood here. The mark begins each line that tells what the next ones
 * are; it must be one that whoever holds the address cannot guess.
 */
export function podScript(questions: readonly WireQuestion[], mark: string): string {
  const [first] = questions;
  return [
    `echo "${mark} host $(hostname)"`,
    'if command -v triage >/dev/null 2>&1; then has_triage=1; else has_triage=; fi',
    ...questions.flatMap((question) => askingOf(question, mark)),
    `echo "${mark} end${first === undefined ? ' of nothing' : ''}"`,
    '',
  ].join('\n');
}

/** How long the script may take for one address when nothing answers. Where the image has triage, ports are tried twice. */
export function longestMs({ questions, ports, portTimeoutMs, neighbours }: WireQuestion): number {
  const turns = Math.ceil(neighbours.length / atOnce) + 1;
  const byTriage = Math.ceil(ports.length / portsAtOnce) * portTimeoutMs;
  const oneByOne = ports.length * (portTimeoutMs + 1_000);
  return startMs + (questions + 2) * 1_000 + turns * 2_000 + byTriage + oneByOne;
}

/** Until triage is up in a Pod whose share of a CPU is small. */
const startMs = 5_000;

function askingOf(question: WireQuestion, mark: string): readonly string[] {
  const address = shellWord(question.address);
  const isIPv6 = question.address.includes(':');
  return [
    `echo "${mark} address" ${address}`,
    `echo "${mark} route"`,
    `ip route get ${address} 2>&1`,
    `device=${question.interface === undefined ? deviceFor(address) : shellWord(question.interface)}`,
    `echo "${mark} device $device"`,
    `ip address show dev "$device" 2>&1`,
    `echo "${mark} interfaces"`,
    // single addresses are no subnet, and kube-proxy in mode ipvs gives a node thousands
    `ip -o address show 2>&1 | sed -n '/inet [^ ]*\\/32 \\|\\/128 \\|inet6 fe80/d;/ inet/p' | head -n ${mostHeld}`,
    'if [ -n "$has_triage" ]; then',
    `  echo "${mark} triage"`,
    `  ${triageArp(question)} 2>&1`,
    ...(isIPv6
      ? []
      : ['else', `  echo "${mark} arping"`, `  ${arping(question.questions, address)} 2>&1`]),
    'fi',
    ...(isIPv6 ? solicited(question) : [`echo "${mark} neighbours"`, ...neighbours(question)]),
    `echo "${mark} table"`,
    'ip neigh show 2>&1',
    ...question.ports.flatMap((port) => tried(port, question, mark)),
  ];
}

function triageArp({ address, questions, neighbours: beside, ports }: WireQuestion): string {
  const tcp = ports.flatMap(({ protocol, port }) => (protocol === 'TCP' ? port : []));
  return [
    `triage arp ${shellWord(address)} --interface "$device" --count ${questions} -o json`,
    ...(beside.length === 0 ? [] : [`--beside ${shellWord(beside.join(','))}`]),
    ...(tcp.length === 0 ? [] : [`--port ${tcp.join(',')}`]),
  ].join(' ');
}

function deviceFor(address: string): string {
  return `$(ip route get ${address} 2>/dev/null | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p' | head -n 1)`;
}

/** Broadcasts only: after the first answer a unicast question would miss the second one. */
function arping(count: number, address: string): string {
  return `arping -b -c ${count} -w ${count + 1} -I "$device" ${address}`;
}

/** Nodes that do not answer would each cost a second, one after the other. */
function neighbours({ neighbours: asked }: WireQuestion): readonly string[] {
  const lines = asked.map((each) => `${arping(1, shellWord(each))} 2>&1 &`);
  return [...inTurns(lines), 'wait'];
}

/** Without ARP the kernel asks; a ping makes it do so, whether or not that is answered. */
function solicited({ address, neighbours: asked }: WireQuestion): readonly string[] {
  const lines = [address, ...asked].map(
    (each) => `ping -c 1 -W 1 ${shellWord(each)} >/dev/null 2>&1 &`,
  );
  return [...inTurns(lines), 'wait'];
}

function inTurns(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => (index % atOnce === atOnce - 1 ? [line, 'wait'] : [line]));
}

function tried(
  { protocol, port, path = '/' }: PortQuestion,
  { address, portTimeoutMs }: WireQuestion,
  mark: string,
): readonly string[] {
  const seconds = Math.ceil(portTimeoutMs / 1000);
  const begin = `echo "${mark} port ${protocol} ${port}"`;
  const end = 'echo "exit $?"';
  switch (protocol) {
    case 'TCP':
      // it runs `true` as soon as the connection stands, and so closes it
      return [begin, `nc -w ${seconds} ${shellWord(address)} ${port} -e true 2>&1`, end];
    case 'HTTP': {
      // not by wget: that of busybox 1.35 in Debian 12 dies of "Segmentation fault"
      const get = `printf 'GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n' ${shellWord(path)} ${shellWord(hostOf(address))}`;
      const talk = `timeout ${seconds} nc -w ${seconds} ${shellWord(address)} ${port} 2>&3`;
      const firstLine = `head -c 1000 | head -n 1 | sed 's/^/${foreign}/'`;
      return [begin, `{ { ${get}; sleep 1; } | ${talk} | ${firstLine}; } 3>&1`, end];
    }
    case 'HTTPS':
    case 'UDP':
      return [];
  }
}

function hostOf(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
