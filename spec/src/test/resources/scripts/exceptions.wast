;; Exceptions, in the form of today and in the older one, folded and not.

(module
  (tag $error (export "error") (param i32))
  (func $fail (param i32) (throw $error (local.get 0)))
  (func (export "uncaught") (call $fail (i32.const 1)))
  (func (export "caught") (param i32) (result i32)
    (block $handler (result i32)
      (try_table (catch $error $handler) (call $fail (local.get 0)))
      (i32.const -1)))
  (func (export "rethrown") (param i32) (result i32)
    (block $outer (result i32)
      (try_table (catch $error $outer)
        (block $inner (result exnref)
          (try_table (catch_all_ref $inner) (call $fail (local.get 0)))
          (unreachable))
        (throw_ref))
      (unreachable)))
  (func (export "older") (param i32) (result i32)
    (try (result i32)
      (do (call $fail (local.get 0)) (i32.const -1))
      (catch $error (i32.add (i32.const 1)))
      (catch_all (i32.const -2))))
  (func (export "delegated") (param i32) (result i32)
    try $outer (result i32)
      try
        local.get 0
        call $fail
      delegate $outer
      i32.const -1
    catch $error
    end))

(assert_exception (invoke "uncaught"))
(assert_return (invoke "caught" (i32.const 5)) (i32.const 5))
(assert_return (invoke "rethrown" (i32.const 6)) (i32.const 6))
(assert_return (invoke "older" (i32.const 7)) (i32.const 8))
(assert_return (invoke "delegated" (i32.const 9)) (i32.const 9))
