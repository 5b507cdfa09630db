;; annotations, comments, escapes, imports within definitions
(module $"a name with spaces"
  (@custom "note" (after func) "bytes\01")
  (; block (; nested ;) comment ;)
  (import "a\"b" "\u{0}" (func $i (param f64) (result f64)))
  (import "m" "g" (global $g (mut i64)))
  (memory (export "m") (data "inline"))
  (global $c i32 (i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3))))
  (func $start (drop (call $i (f64.const 0x1.fffffffffffffp+1023))))
  (start $start)
  (func (export "wide") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "hinted") (param i32)
    (@metadata.code.branch_hint "\00") (if (local.get 0) (then unreachable))))
