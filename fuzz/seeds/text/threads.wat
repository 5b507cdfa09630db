;; Four threads count the primes below 40,000 together: each takes the next hundred numbers from a shared
;; counter and adds what it found to a shared sum. wasi-threads starts them, memory.atomic.wait32 joins them.
(module $threads
  (import "wasi" "thread-spawn" (func $thread_spawn (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  ;; 0: next number to look at, 4: primes found, 8: threads at work, 16: iovec, 24: bytes written, 64: text
  (memory (import "env" "memory") 1 1 shared)
  (export "memory" (memory 0))
  (data (i32.const 64) "00000 primes below 40000\n")
  (global $end i32 (i32.const 40000))
  (global $share i32 (i32.const 100))

  (func $is_prime (param $n i32) (result i32)
    (local $d i32)
    (if (i32.lt_u (local.get $n) (i32.const 2)) (then (return (i32.const 0))))
    (local.set $d (i32.const 2))
    (loop $next
      (if (i32.gt_u (i32.mul (local.get $d) (local.get $d)) (local.get $n))
        (then (return (i32.const 1))))
      (if (i32.eqz (i32.rem_u (local.get $n) (local.get $d)))
        (then (return (i32.const 0))))
      (local.set $d (i32.add (local.get $d) (i32.const 1)))
      (br $next))
    (unreachable))

  (func $count_primes (param $from i32) (result i32)
    (local $to i32)
    (local $found i32)
    (local.set $to (i32.add (local.get $from) (global.get $share)))
    (loop $next
      (local.set $found (i32.add (local.get $found) (call $is_prime (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $from) (local.get $to))))
    (local.get $found))

  (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
    (local $from i32)
    (block $done
      (loop $more
        (local.set $from (i32.atomic.rmw.add (i32.const 0) (global.get $share)))
        (br_if $done (i32.ge_u (local.get $from) (global.get $end)))
        (drop (i32.atomic.rmw.add (i32.const 4) (call $count_primes (local.get $from))))
        (br $more)))
    (drop (i32.atomic.rmw.sub (i32.const 8) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 8) (i32.const 1))))

  (func $start_thread
    (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
    (if (i32.lt_s (call $thread_spawn (i32.const 0)) (i32.const 0))
      (then (call $proc_exit (i32.const 1)))))

  ;; Waits until no thread is at work.
  (func $join
    (local $working i32)
    (block $done
      (loop $again
        (local.set $working (i32.atomic.load (i32.const 8)))
        (br_if $done (i32.eqz (local.get $working)))
        (drop (memory.atomic.wait32 (i32.const 8) (local.get $working) (i64.const -1)))
        (br $again))))

  (func $print (param $n i32)
    (local $at i32)
    (local.set $at (i32.const 68))
    (loop $digit
      (i32.store8 (local.get $at) (i32.add (i32.const 48) (i32.rem_u (local.get $n) (i32.const 10))))
      (local.set $n (i32.div_u (local.get $n) (i32.const 10)))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (br_if $digit (i32.ge_u (local.get $at) (i32.const 64))))
    (i32.store (i32.const 16) (i32.const 64))
    (i32.store (i32.const 20) (i32.const 25))
    (drop (call $fd_write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24))))

  (func (export "_start")
    (call $start_thread)
    (call $start_thread)
    (call $start_thread)
    (call $start_thread)
    (call $join)
    (call $print (i32.atomic.load (i32.const 4)))))
