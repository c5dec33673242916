/** Clouds without a layer 2 of their own, by the scheme of a node's providerID. */
export const clouds: ReadonlyMap<string, string> = new Map([
  ['aws', 'AWS'],
  ['azure', 'Azure'],
  ['gce', 'Google Cloud'],
  ['digitalocean', 'DigitalOcean'],
  ['hcloud', 'Hetzner Cloud'],
  ['ibm', 'IBM Cloud'],
  ['linode', 'Linode'],
  ['oci', 'Oracle Cloud'],
  ['scaleway', 'Scaleway'],
  ['vultr', 'Vultr'],
  ['alicloud', 'Alibaba Cloud'],
  ['upcloud', 'UpCloud'],
  ['exoscale', 'Exoscale'],
  ['equinixmetal', 'Equinix Metal'],
  ['packet', 'Equinix Metal'],
]);

/** What hosts virtual machines and may drop frames for addresses it does not know. */
export interface FilteringHost {
  readonly name: string;
  readonly filter: string;
  readonly mends: string;
}

/** By the same scheme. */
export const filteringHosts: ReadonlyMap<string, FilteringHost> = new Map([
  [
    'openstack',
    {
      name: 'OpenStack',
      filter: 'port security',
      mends: 'add the range of the pool to the allowed address pairs of every node port',
    },
  ],
  [
    'vsphere',
    {
      name: 'vSphere',
      filter: 'the policy of the port group (forged transmits, MAC address changes)',
      mends: 'allow forged transmits on the port group of the nodes',
    },
  ],
  [
    'proxmox',
    {
      name: 'Proxmox',
      filter: 'the IP filter of the firewall',
      mends:
        'add the range of the pool to the IP set ipfilter of each machine, or switch the filter off',
    },
  ],
  [
    'kubevirt',
    {
      name: 'KubeVirt',
      filter:
        'their interface (in masquerade mode it passes nothing but its own address; a bridge may check addresses)',
      mends: 'give the machines an interface of kind bridge in the network of the pool',
    },
  ],
]);
