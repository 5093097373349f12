import {shortImageName} from '../../languages/dockerfile/evaluate/names/image-name.js'

/** Official images of Debian or Ubuntu, whose `/bin/sh` is dash. */
const DASH =
  /^(?:debian|ubuntu|buildpack-deps|python|pypy|node|ruby|php|perl|golang|rust|gcc|erlang|elixir|haskell|julia|r-base|swift|eclipse-temurin|tomcat|maven|jruby|nginx|httpd|haproxy|redis|valkey|postgres|mariadb|mongo|rabbitmq|memcached|cassandra|neo4j|wordpress|drupal|nextcloud|joomla|ghost)$/

/**
 * Tells whether `sh -c` of an image is known to stay process 1 when it runs a list of commands. dash does; bash (since 5.1),
 * zsh and BusyBox's ash start the last command in their own place, as all do with a single one (seen with dash 0.5.12, bash
 * 5.2 and BusyBox 1.35). A script in a file keeps its shell in all of them.
 */
export function keepsShell(image: string): boolean {
  const short = shortImageName(image)
  if (short === null || short.includes('/')) return false
  const [, name = '', tag = ''] = /^([^:@]*)(?::([^@]*))?/.exec(short) ?? []
  return DASH.test(name) && !/alpine|busybox|oracle|ubi|windows|nanoserver|fedora|rocky|alma/.test(tag)
}

/** The same of a base image that may be anybody's: false where another shell is known. */
export function mayKeepShell(image: string): boolean {
  const short = shortImageName(image) ?? image
  return !/alpine|busybox|^(?:docker|fedora|rockylinux|almalinux|amazonlinux|amazoncorretto|oraclelinux|centos|archlinux|photon)(?:[:@]|$)/.test(
    short,
  )
}
