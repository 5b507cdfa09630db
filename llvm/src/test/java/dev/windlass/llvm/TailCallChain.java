package dev.windlass.llvm;

/// A module whose functions of few and of many parameters tail-call each other in every way.
public final class TailCallChain {
    /// `_start` traps if a long chain does not end as it should.
    public static final String TEXT =
            """
            (module
              (type $few (func (param i32) (result i32)))
              (type $many (func (param i32 i64 f64 i32 i64 f64 i32 i64 f32 i32 i64 v128 i32)
                (result i32)))
              (memory 1)
              (table 4 funcref)
              (elem (i32.const 0) func $direct $many $reference $counted)
              (func $direct (export "direct") (type $few)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
                  (else (return_call $many
                    (i32.sub (local.get 0) (i32.const 1)) (i64.const 2) (f64.const 3) (i32.const 4)
                    (i64.const 5) (f64.const 6) (i32.const 7) (i64.const 8) (f32.const 9)
                    (i32.const 10) (i64.const 11) (v128.const i64x2 12 13) (i32.const 14)))))
              (func $many (export "many") (type $many)
                (if (i64.ne
                      (i64.add (i64.add (local.get 1) (local.get 4))
                        (i64.add (local.get 7) (local.get 10)))
                      (i64.const 26)) (then unreachable))
                (if (i32.ne
                      (i32.add (i32.add (local.get 3) (local.get 6))
                        (i32.add (local.get 9) (local.get 12)))
                      (i32.const 35)) (then unreachable))
                (if (f64.ne
                      (f64.add (f64.add (local.get 2) (local.get 5))
                        (f64.promote_f32 (local.get 8)))
                      (f64.const 18)) (then unreachable))
                (if (i64.ne (i64x2.extract_lane 1 (local.get 11)) (i64.const 13))
                  (then unreachable))
                (return_call_indirect (type $few) (local.get 0) (i32.const 2)))
              (func $reference (export "reference") (type $few)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 2))
                  (else (return_call_ref $few
                    (i32.sub (local.get 0) (i32.const 1)) (ref.func $direct)))))
              (func $counted (export "counted") (type $few)
                (i32.add (call $direct (local.get 0)) (call $reference (local.get 0))))
              (func (export "_start")
                (if (i32.ne (call $counted (i32.const 500000)) (i32.const 3)) (then unreachable))))
            """;

    private TailCallChain() {}
}
