# Sourced by ./build, ./windlass and .ci/run: sets JAVA_HOME to a JDK 25 or later, or says what to do.

windlass_is_jdk25() {
    [ -x "$1/bin/java" ] && [ -f "$1/release" ] &&
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | {
            read -r major && [ "$major" -ge 25 ]
        }
}

windlass_find_jdk() {
    for jdk in "${WINDLASS_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/java/* /opt/jdk*; do
        if [ -n "$jdk" ] && windlass_is_jdk25 "$jdk"; then
            JAVA_HOME=$jdk
            export JAVA_HOME
            return 0
        fi
    done
    echo "windlass: no JDK 25 or later found; install one and set JAVA_HOME to its folder" >&2
    return 1
}
