;; Forms of the text format: abbreviations, identifiers, annotations, numbers.

((@what ever it (is) "a ) string") module $"a module" (@name "name")
  (import "spectest" "print_i32" (func $print (param $x i32)))
  (func $"f \u{e4}" (export "a") (export "b") (param $"p q" i32) (result i32)
    (local $x i32) (local i64 i64)
    local.get $"p q"
    (i32.add (i32.const 0x1_0))
    (local.tee $x)
    (call $print (local.get $x))
    (; a comment (; in a comment ;) ;))
  (func (export "folded") (param i32) (result i32)
    (if $l (result i32) (i32.eqz (local.get 0))
      (then (br $l (i32.const 10)))
      (else (block $l (br $l)) (i32.const 20))))
  (func (export "flat") (param i32) (result i32)
    local.get 0
    i32.eqz
    if $l (result i32)
      i32.const 10
      br $l
    else $l
      i32.const 20
    end $l)
  (table funcref (elem $"f \u{e4}" 1))
  (memory (data "a\62\u{63}" "d"))
  (func (export "word") (result i32) (i32.load (i32.const 0)))
  (func (export "pages") (result i32) (memory.size))
  (func (export "indirect") (result i32)
    (call_indirect (param i32) (result i32) (i32.const 1) (i32.const 0)))
  (func (export "half") (result f32) (f32.const 0x0.8p0))
  (func (export "tenth") (result f64) (f64.const 0.1)))

(assert_return (invoke "a" (i32.const 1)) (i32.const 17))
(assert_return (invoke "b" (i32.const 2)) (i32.const 18))
(assert_return (invoke "folded" (i32.const 0)) (i32.const 10))
(assert_return (invoke "folded" (i32.const 1)) (i32.const 20))
(assert_return (invoke "flat" (i32.const 0)) (i32.const 10))
(assert_return (invoke "flat" (i32.const 1)) (i32.const 20))
(assert_return (invoke "word") (i32.const 0x64636261))
(assert_return (invoke "pages") (i32.const 1))
(assert_return (invoke "indirect") (i32.const 17))
(assert_return (invoke "half") (f32.const 0.5))
(assert_return (invoke "tenth") (f64.const 0x1.999999999999ap-4))

(module quote "(func (export \"q\")" "(result i32) (i32.const 1))")
(assert_return (invoke "q") (i32.const 1))
(module binary "\00asm" "\01\00\00\00")
