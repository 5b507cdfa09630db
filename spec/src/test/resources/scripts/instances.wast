;; Names of instances, registered names, instances of one module.

(module definition $Counter
  (global $count (export "count") (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (global.get $count)))

(module instance $One $Counter)
(module instance $Two $Counter)
(assert_return (invoke $One "next") (i32.const 1))
(assert_return (invoke $One "next") (i32.const 2))
(assert_return (invoke "next") (i32.const 1))
(assert_return (get $One "count") (i32.const 2))
(assert_return (get $Two "count") (i32.const 1))

(register "one" $One)
(register "two")
(module $User
  (import "one" "next" (func $one (result i32)))
  (import "two" "count" (global $two (mut i32)))
  (func (export "sum") (result i32) (i32.add (call $one) (global.get $two))))
(assert_return (invoke "sum") (i32.const 4))
(invoke $Two "next")
(assert_return (invoke $User "sum") (i32.const 6))

;; A module that fails to start leaves what it wrote.
(module $Memory (memory (export "memory") 1) (func (export "first") (result i32) (i32.load8_u (i32.const 0))))
(register "memory" $Memory)
(assert_trap
  (module
    (import "memory" "memory" (memory 1))
    (data (i32.const 0) "\2a")
    (func $start (unreachable))
    (start $start))
  "unreachable")
(assert_return (invoke $Memory "first") (i32.const 42))

(assert_unlinkable (module (import "one" "missing" (func))) "unknown import")
(assert_unlinkable (module (import "nowhere" "next" (func (result i32)))) "unknown import")
(assert_unlinkable (module (import "one" "next" (func (result i64)))) "incompatible import type")
(assert_unlinkable (module (import "one" "count" (global i32))) "incompatible import type")
(assert_unlinkable (module (import "spectest" "memory" (memory 3))) "incompatible import type")
