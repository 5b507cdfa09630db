/// Programs and suites that nobody here wrote, run by the built command line as a user would run it. Tests of single
/// commands and options are not here.
@NullMarked
package dev.windlass.cli.suite;

import org.jspecify.annotations.NullMarked;
