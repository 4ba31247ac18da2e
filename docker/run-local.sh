#!/usr/bin/env bash
# The whole product on this machine: needs a JDK 17+ and Maven, nothing else. See --help.
#
# Builds with Maven what is out of date, then hands over to the program below docker/src (LocalRun).
# Written for bash 3.2, which macOS ships.
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=$checkout/docker
program=$module/target/local-run.jar
bundle=$checkout/bundle/target/keycloak-enterprise-sso.jar
stamp=$module/target/run-local.stamp
build_log=$module/target/run-local-build.log
terminal=false
[ ! -t 1 ] || terminal=true

fail() {
  printf 'run-local.sh: %s\n' "$1" >&2
  exit 1
}

find_java() {
  java=java
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
  command -v "$java" >/dev/null || fail "no Java found: install a JDK 17 or newer, or set JAVA_HOME to one"
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 17 ] || fail "Java ${version:-of unknown version} ($java) is too old: install a JDK 17 or newer, or set JAVA_HOME to one"
}

# Prints what is newer than $1, and newer than the last build (which need not touch a JAR whose content stays the same).
newer_than() {
  local built=$1 since=$1
  shift
  [ ! -e "$stamp" ] || since=$stamp
  find "$@" -newer "$built" -newer "$since" 2>/dev/null || true
}

up_to_date() {
  local module_name
  local -a providers
  [ -e "$program" ] && [ -e "$bundle" ] && [ -d "$module/target/lib" ] && [ -d "$module/target/keycloak" ] || return 1
  providers=("$checkout/pom.xml")
  for module_name in scim-endpoint-provider enforce-sso-authenticator group-team-mapper themes bundle; do
    providers+=("$checkout/$module_name/pom.xml" "$checkout/$module_name/src/main")
  done
  [ -z "$(newer_than "$bundle" "${providers[@]}")" ] && [ -z "$(newer_than "$program" "$module/pom.xml" "$module/src/main")" ]
}

# Maven's output as progress: the module at work and how much had to be downloaded.
show_build() {
  local line what="starting Maven" downloads=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >&3
    case $line in
      *'] Building Keycloak Enterprise SSO'*)
        # [INFO] Building Keycloak Enterprise SSO :: bundle 26.7.0-SNAPSHOT      [6/7]
        what=$(printf '%s' "${line#*Keycloak Enterprise SSO}" | sed 's/^ :: //; s/ [0-9][^ ]*//; s/  */ /g; s/^ \[/parent [/')
        $terminal || printf '  %s\n' "$what"
        ;;
      'Downloading from'* | '[INFO] Downloading from'*)
        downloads=$((downloads + 1))
        $terminal || [ $((downloads % 100)) -ne 0 ] || printf '  %s files downloaded\n' "$downloads"
        ;;
      *) continue ;;
    esac
    ! $terminal || printf '\r\033[K- Building: %s (%s files downloaded)' "$what" "$downloads"
  done 3>"$build_log"
  ! $terminal || printf '\r\033[K- Built\n'
}

build() {
  "$java" --describe-module jdk.compiler >/dev/null 2>&1 || fail "$java is a JRE: building needs a JDK 17 or newer; set JAVA_HOME to one"
  command -v mvn >/dev/null || fail "no Maven found: install Maven 3.8.7 or newer so that mvn is on the PATH"
  # Arguments.java needs only the JDK: a wrong option is said before minutes of building
  "$java" "$module/src/main/java/io/github/enterprisesso/localrun/Arguments.java" "$@" >/dev/null || exit $?
  mkdir -p "$module/target"
  touch "$stamp.next"
  $terminal || printf -- '- Building with Maven\n'
  local status=0
  mvn -B -f "$checkout/pom.xml" -pl docker -am package -Dstyle.color=never \
    -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true -Dcyclonedx.skip=true 2>&1 | show_build || status=$?
  if [ $status -ne 0 ]; then
    tail -n 30 "$build_log" >&2
    fail "the build failed; all of its output: $build_log"
  fi
  mv "$stamp.next" "$stamp"
}

find_java
for argument in "$@"; do
  case $argument in
    --help | -h) exec "$java" "$module/src/main/java/io/github/enterprisesso/localrun/Arguments.java" "$@" ;;
    --stop) stopping=true ;;
  esac
done

if [ "${stopping:-false}" = true ] && [ -e "$program" ]; then
  : # what runs is stopped by what started it
elif ! up_to_date; then
  build "$@"
fi

exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m \
  "-Dlocalrun.checkout=$checkout" "-Dlocalrun.terminal=$terminal" \
  -cp "$program:$module/target/lib/*" io.github.enterprisesso.localrun.LocalRun "$@"
