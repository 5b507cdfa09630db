/// What any engine must do: the tests take the engine from one place, [Guest].
@org.jspecify.annotations.NullMarked
package dev.windlass.interpreter.behaviour;
