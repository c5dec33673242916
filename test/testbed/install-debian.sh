#!/bin/sh
# Installs what a bare Debian lacks for the test bed. No service is started by the installation.
set -eu

needed='nft:nftables iptables:iptables conntrack:conntrack ip:iproute2 curl:curl bird:bird2 openssl:openssl nsenter:util-linux chroot:coreutils busybox:busybox arping:iputils-arping'
missing=''
for pair in $needed; do
  command -v "${pair%%:*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair##*:}"
done
if [ -z "$missing" ]; then
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "test bed: missing Debian packages:$missing (run as root to install them)" >&2
  exit 1
fi

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
export DEBIAN_FRONTEND=noninteractive
apt-get -o Acquire::Retries=3 -qq update
# shellcheck disable=SC2086 -- a list of package names
apt-get -o Dpkg::Use-Pty=0 -qq install --no-install-recommends -y $missing >/dev/null
