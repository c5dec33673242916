/** What an Ethernet address says of itself: it belongs to a kind of machine, and to nobody in particular. */
export interface EthernetMark {
  /** `the virtual address of VRRP group 51 (keepalived or a router)`. */
  readonly says: string;
  /** How many of its six bytes say so; the rest is the machine's own. */
  readonly bytes: number;
}

/** The mark of an Ethernet address written `02:00:5e:10:00:01`; undefined when its number says nothing. */
export function ethernetMark(mac: string): EthernetMark | undefined {
  const low = mac.toLowerCase();
  const [, family, group = '0'] = /^00:00:5e:00:0([12]):([0-9a-f]{2})$/.exec(low) ?? [];
  if (family !== undefined) {
    const number = Number.parseInt(group, 16);
    return {
      says: `the virtual address of VRRP group ${number} (keepalived or a router)`,
      bytes: 6,
    };
  }
  return marks.find(({ start }) => low.startsWith(start))?.mark;
}

const marks: readonly { readonly start: string; readonly mark: EthernetMark }[] = [
  marked('ff:ff:ff:ff:ff:ff', 'the address of everybody'),
  marked('00:00:00:00:00:00', 'no address'),
  marked('00:00:0c:07:ac', 'the virtual address of HSRP (a router)'),
  marked('52:54:00', 'a virtual machine of QEMU or KVM'),
  marked('00:50:56', 'a virtual machine of VMware'),
  marked('00:0c:29', 'a virtual machine of VMware'),
  marked('00:15:5d', 'a virtual machine of Hyper-V'),
  marked('bc:24:11', 'a virtual machine of Proxmox'),
];

function marked(start: string, says: string) {
  return { start, mark: { says, bytes: (start.length + 1) / 3 } };
}
