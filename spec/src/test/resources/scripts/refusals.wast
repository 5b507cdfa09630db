;; Modules that are refused, each for the right reason.

(assert_malformed (module quote "(func (i32.cnst 1))") "unknown operator")
(assert_malformed (module quote "(func (i32.const 0x1_0000_0000))") "constant out of range")
(assert_malformed (module quote "(func $f) (func $f)") "duplicate func")
(assert_malformed (module quote "(func br $nowhere)") "unknown label")
(assert_malformed (module quote "(func block $a end $b)") "mismatching label")
(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module quote "(; never closed") "unclosed comment")
(assert_malformed (module quote "(func (export \"\\ff\"))") "malformed UTF-8 encoding")
(assert_malformed (module binary "") "unexpected end")
(assert_malformed (module binary "\00asm\02\00\00\00") "unknown binary version")
(assert_malformed (module binary "\00asm\01\00\00\00\0e\00") "malformed section id")

(assert_invalid (module (func (result i32))) "type mismatch")
(assert_invalid (module (func (drop (local.get 0)))) "unknown local")
(assert_invalid (module (func (call 1))) "unknown function")
(assert_invalid (module (memory 65537)) "memory size")
(assert_invalid (module (func (export "a")) (memory 0) (export "a" (memory 0))) "duplicate export name")
(assert_invalid (module (global i32 (i32.clz (i32.const 0)))) "constant expression required")
(assert_invalid (module (type (array i8)) (func (drop (array.new_default 0)))) "type mismatch")

(assert_malformed_custom (module quote "(@custom)") "@custom annotation: missing section name")
(assert_invalid_custom
  (module (func (@metadata.code.branch_hint "\00") nop))
  "@metadata.code.branch_hint annotation: invalid target")
