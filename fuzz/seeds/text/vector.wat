(module
  (memory 1)
  (func (export "dot") (param v128 v128) (result f32)
    (local $p v128)
    (local.set $p (f32x4.mul (local.get 0) (local.get 1)))
    (f32.add (f32x4.extract_lane 0 (local.get $p)) (f32x4.extract_lane 3 (local.get $p))))
  (func (export "mix") (result v128)
    (i8x16.shuffle 0 16 1 17 2 18 3 19 31 30 29 28 4 5 6 7
      (v128.const i32x4 1 -2 0xFF 4)
      (v128.load8_lane offset=1 7 (i32.const 3) (v128.const f64x2 nan -0x1p-1074))))
  (func (export "relaxed") (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_s (f32x4.relaxed_madd (local.get 0) (local.get 0) (local.get 0)))))
