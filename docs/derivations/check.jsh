// Imports for checking answers: jshell --class-path nn-examples/target/jacobi.jar docs/derivations/check.jsh
import io.jacobi.nn.*;
import io.jacobi.nn.check.*;
import io.jacobi.nn.derivative.*;
import io.jacobi.nn.init.*;
import io.jacobi.nn.layers.*;
import io.jacobi.nn.layers.check.*;
import io.jacobi.nn.loss.*;
import io.jacobi.nn.math.*;
import io.jacobi.nn.model.*;
import io.jacobi.nn.optim.*;
import io.jacobi.nn.scalar.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
