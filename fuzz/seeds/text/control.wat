(module
  (type $binary (func (param i32 i32) (result i32)))
  (table $t 4 8 funcref)
  (elem (i32.const 0) $add $sub)
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func (export "pick") (param $n i32) (result i32)
    (block $c (block $b (block $a
      (br_table $a $b $c (local.get $n)))
      (return (call_indirect $t (type $binary) (i32.const 7) (i32.const 3) (i32.const 0))))
      (return (call_indirect $t (type $binary) (i32.const 7) (i32.const 3) (i32.const 1))))
    (return_call $add (i32.const 1) (local.get $n)))
  (func (export "sum") (param $n i64) (result i64) (local $s i64)
    loop $again (result i64)
      local.get $s  local.get $n  i64.add  local.set $s
      local.get $n  i64.const 1  i64.sub  local.tee $n
      i64.const 0  i64.gt_s
      br_if $again
      local.get $s
    end)
  (func (export "multi") (result i32 i64 f32)
    (if (result i32 i64 f32) (i32.const 1)
      (then (i32.const 1) (i64.const 2) (f32.const 0x1.8p+1))
      (else (i32.const -1) (i64.const -2) (f32.const nan:0x200000)))))
