# Sourced by the scripts here that need both engines: builds; sets `llvm` to LLVM's jar and `path` to the class path.
# Needs `here` and `root`.
. "$root/etc/jdk25.sh"
windlass_find_jdk
"$root/build" -q -Dquickly -pl cli,fuzz -am -DskipTests package
llvm=$(cat "$root/cli/target/llvm-jar")
path=
for module in wasm runtime interpreter llvm wasi api fuzz; do
    path=$path:$root/$module/target/classes
done
path=${path#:}
