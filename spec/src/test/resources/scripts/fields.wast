;; A script may be a module's fields alone.
(memory 0)
(func (export "f"))
(start 0)
