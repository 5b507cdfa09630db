/// The embedding API. An [Engine] holds settings, a [WasmModule] is parsed and validated once and
/// shared, a [Store] owns what runs, a [Linker] gives imports and makes an [Instance], whose
/// exports are [Func], [Memory], [Table], [Global] and [Tag].
///
/// Engines and modules are immutable and may be shared between threads. A store and everything that
/// lives in it belong to one thread at a time; a second thread gets an `IllegalStateException`.
/// Execution itself is in the modules below; nothing here exposes an address.
@org.jspecify.annotations.NullMarked
package dev.windlass;
