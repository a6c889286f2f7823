# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# A Debian in a folder, for test/machines/debian and test/machines/cross, which read this file. They run in a mount namespace of
# their own: whatever is mounted is gone when they end, however they end.

# unavailable REASON: what cannot be had here is no failure (77 is CTest's and automake's skip)
unavailable() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 77
}

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

say() { printf '== %s (%d s)\n' "$*" $(($(date +%s) - started)); }

# in_own_namespace SCRIPT ARGUMENT...: starts the script again where its mounts are nobody else's
in_own_namespace() {
    if [ -n "${CVHEATMAP_NAMESPACE:-}" ]; then return; fi
    [ "$(id -u)" -eq 0 ] || unavailable "a chroot needs root"
    command -v debootstrap >/dev/null || unavailable "debootstrap is not installed"
    unshare --mount --propagation private true 2>/dev/null || unavailable "no mount namespace can be made here"
    CVHEATMAP_NAMESPACE=1 exec unshare --mount --propagation private "$@"
}

# The mirror that this machine's own apt takes its Debian from.
mirror() {
    suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    # shellcheck disable=SC2016 # apt expands it
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -v suite="$suite" '$1 == suite && $2 == "main" { print $3; exit }'
}

# base SUITE: the folder of a bare Debian that is made once and kept, for this script and the next ones. The mirror is asked even
# where it is there, since what follows installs packages.
base() {
    folder=$cache/$1
    archive=$(mirror)
    [ -n "$archive" ] || unavailable "apt's sources name no Debian mirror for this machine's release"
    wget -q -T 20 -t 2 -O /dev/null "${archive%/}/dists/$1/Release" || unavailable "$archive has no suite $1, or there is no network"
    if [ ! -e "$folder.made" ]; then
        rm -rf "$folder"
        mkdir -p "$folder"
        debootstrap --variant=minbase "$1" "$folder" "$archive" >"$folder.log" 2>&1 || { tail "$folder.log"; fail "debootstrap $1 failed"; }
        # A release whose date has passed by this machine's clock is still the release.
        echo 'Acquire::Check-Valid-Until "false"; Acquire::Retries "3";' >"$folder/etc/apt/apt.conf.d/90cvheatmap"
        touch "$folder.made"
    fi
    echo "$folder"
}

# enter: mounts what programs expect in $root, and has names resolve there as they do here
enter() {
    for file in /etc/resolv.conf /etc/hosts; do
        if [ -e "$file" ]; then cp -L "$file" "$root/etc/"; fi
    done
    mount -t proc proc "$root/proc"
    mount -t devpts -o ptmxmode=0666,newinstance devpts "$root/dev/pts"
    ln -sf pts/ptmx "$root/dev/ptmx"
}

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }

# quietly COMMAND...: its output is shown when it fails
quietly() {
    "$@" >"$root/log" 2>&1 || { tail -n 40 "$root/log"; fail "failed: $*"; }
}

install_packages() { quietly inside apt-get install -y -qq --no-install-recommends "$@"; }

# The repository as it is committed, in /root/cvheatmap.
clone() {
    if ! git -C "$source" diff --quiet HEAD; then say "what is not committed is left out"; fi
    rm -rf "$root/root/cvheatmap"
    git clone -q --no-hardlinks "$source" "$root/root/cvheatmap"
}

source=$(cd "$(dirname "$0")/../.." && pwd)
root= # the script sets it: the Debian that is worked in
cache=${CVHEATMAP_CHROOTS:-${XDG_CACHE_HOME:-$HOME/.cache}/cvheatmap/chroots}
started=$(date +%s)
