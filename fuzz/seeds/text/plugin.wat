;; A plug-in for a program that embeds Windlass: pure functions, no imports but one the host offers.
;; The host writes text into the plug-in's memory, calls `score`, and may listen to what `on_progress` tells it.
(module $plugin
  (import "host" "on_progress" (func $on_progress (param i32)))
  (memory (export "memory") 1)

  ;; The factorial, with a 64-bit result; wraps around beyond 20.
  (func (export "factorial") (param $n i64) (result i64)
    (local $product i64)
    (local.set $product (i64.const 1))
    (block $done
      (loop $more
        (br_if $done (i64.eqz (local.get $n)))
        (local.set $product (i64.mul (local.get $product) (local.get $n)))
        (local.set $n (i64.sub (local.get $n) (i64.const 1)))
        (br $more)))
    (local.get $product))

  ;; The greatest common divisor.
  (func $gcd (export "gcd") (param $a i32) (param $b i32) (result i32)
    (if (result i32) (i32.eqz (local.get $b))
      (then (local.get $a))
      (else (call $gcd (local.get $b) (i32.rem_u (local.get $a) (local.get $b))))))

  ;; Quotient and remainder: two results, and a trap where the divisor is zero.
  (func (export "divide") (param $a i32) (param $b i32) (result i32 i32)
    (i32.div_s (local.get $a) (local.get $b))
    (i32.rem_s (local.get $a) (local.get $b)))

  ;; FNV-1a over `length` bytes at `at`; tells the host after every 16 bytes how far it is.
  (func (export "score") (param $at i32) (param $length i32) (result i32)
    (local $i i32)
    (local $hash i32)
    (local.set $hash (i32.const 0x811c9dc5))
    (block $done
      (loop $more
        (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
        (local.set $hash
          (i32.mul
            (i32.xor
              (local.get $hash)
              (i32.load8_u (i32.add (local.get $at) (local.get $i))))
            (i32.const 0x01000193)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (if (i32.eqz (i32.and (local.get $i) (i32.const 15)))
          (then (call $on_progress (local.get $i))))
        (br $more)))
    (local.get $hash)))
