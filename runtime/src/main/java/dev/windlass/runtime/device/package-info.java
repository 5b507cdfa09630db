/// Devices that memories, tables and slot stacks are made of: zero-filled memory off the heap, by
/// plain allocation or by reservation of address space. What lies in it is not known here.
@org.jspecify.annotations.NullMarked
package dev.windlass.runtime.device;
