/// Replays the seeds of the fuzz targets in the normal build.
@NullMarked
package dev.windlass.fuzz;

import org.jspecify.annotations.NullMarked;
