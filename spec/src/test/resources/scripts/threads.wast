;; A script's threads share a memory; one waits until another wakes it.

(module $Shared (memory (export "memory") 1 1 shared))

(thread $Waiter (shared (module $Shared))
  (register "shared" $Shared)
  (module
    (import "shared" "memory" (memory 1 1 shared))
    (func (export "wait") (result i32)
      (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 30_000_000_000))))
  (assert_return (invoke "wait") (either (i32.const 0) (i32.const 1))))

(thread $Waker (shared (module $Shared))
  (register "shared" $Shared)
  (module
    (import "shared" "memory" (memory 1 1 shared))
    (func (export "wake")
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))))
  (invoke "wake"))

(wait $Waker)
(wait $Waiter)

(module
  (memory 1 1 shared)
  (func (export "unaligned") (result i32) (i32.atomic.load (i32.const 1)))
  (func (export "timeout") (result i32)
    (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 1000))))
(assert_trap (invoke "unaligned") "unaligned atomic")
(assert_return (invoke "timeout") (i32.const 2))
