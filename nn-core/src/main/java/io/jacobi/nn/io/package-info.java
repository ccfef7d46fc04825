/** Models and checkpoints as files. The files that are read may be untrusted. */
@NullMarked
package io.jacobi.nn.io;

import org.jspecify.annotations.NullMarked;
