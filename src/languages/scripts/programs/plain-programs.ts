/** Programs that read only the paths in their arguments and files of the system: none of them reads a project. */
const PLAIN = new Set(
  `
  : . [ [[ true false test echo printf read cd pushd popd pwd set unset shift export declare local alias unalias umask
  function coproc ulimit trap wait exit return break continue shopt hash type which whoami id groups uname hostname date sleep seq yes
  expr let getopts kill pkill killall sync nproc arch tty clear
  cp mv rm ln ls mkdir rmdir touch chmod chown chgrp install stat du df file realpath readlink basename dirname mktemp
  find xargs tree rename truncate dd split shred fallocate setfacl getfacl chattr mknod mkfifo mount umount
  cat tac head tail less more tee cut sort uniq wc tr sed awk gawk mawk grep egrep fgrep diff cmp comm paste join fold
  fmt nl od xxd hexdump strings base64 md5sum sha1sum shasum sha256sum sha512sum cksum envsubst jq yq xmllint column rev shuf
  tar gzip gunzip zcat bzip2 bunzip2 xz unxz zstd unzstd zip unzip 7z cpio ar unrar lz4 rsync scp
  curl wget ftp nc ncat netcat ping dig host nslookup openssl gpg gpg2 gpgv gpgconf ssh-keyscan ssh-keygen
  apt apt-get apt-cache apt-key apt-mark aptitude add-apt-repository dpkg dpkg-query dpkg-reconfigure dpkg-divert
  debconf-set-selections apk yum dnf microdnf tdnf rpm zypper pacman emerge xbps-install opkg brew snap
  update-alternatives update-ca-certificates update-ca-trust ldconfig locale-gen update-locale localedef
  useradd adduser usermod userdel deluser grpconv grpunconv pwconv pwunconv chage gpasswd newgrp newusers vipw groupadd addgroup groupmod groupdel delgroup passwd chpasswd chsh
  systemctl service rc-update rc-service crontab
  docker-php-ext-install docker-php-ext-configure docker-php-ext-enable docker-php-source pecl pear phpenmod a2enmod
  a2ensite a2dissite a2dismod a2enconf
  nginx nginx-debug apache2 apache2-foreground apache2ctl httpd httpd-foreground caddy haproxy traefik lighttpd
  redis-server redis-cli postgres psql pg_isready mysqld mysql mysqladmin mongod mongo mongosh memcached rabbitmq-server
  mountpoint findmnt lsblk blkid losetup getent getconf lscpu ps pidof top free uptime vmstat lsof ss netstat ip ifconfig
  iptables renice logger hostnamectl
  cgi-fcgi mariadb mariadbd mariadb-admin mysqldump pg_dump pg_dumpall pg_restore createdb valkey-server valkey-cli
  b2sum sha224sum sha384sum dos2unix unix2dos iconv aria2c dpkg-architecture
  setcap getcap strip upx chronic fc-cache gosu su-exec ssh-agent nvm fnm volta n rustup rustc-version sdk
  npm-check-updates node-gyp corepack install_packages clean-layer xx-apt xx-apt-get xx-apk xx-info xx-verify
  ldd objdump readelf patchelf nslcd tini dumb-init sh bash ash dash zsh su sudo runuser source eval exec time
  `
    .trim()
    .split(/\s+/),
)

/** Tells whether a program, by its basename, reads no project beyond what its words name. */
export function isPlainProgram(name: string): boolean {
  return PLAIN.has(name)
}
