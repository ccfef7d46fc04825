package io.jacobi.nn.inference;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Overlap;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of a predictor's arguments, before anything is computed or written. */
record PredictorArguments(Shape input, Shape output, DataType type) {

    int outputLength() {
        return Math.toIntExact(output.size());
    }

    void requireExample(float[] example) {
        requireExample(example, "this example");
    }

    void requireExamples(float[][] examples) {
        for (int i = 0; i < examples.length; i++) {
            // the name of an example is garbage, so it is made only for a refused one
            if (examples[i].length != input.size() || Vectors.firstNonFinite(examples[i], examples[i].length) >= 0) {
                requireExample(examples[i], "example " + i);
            }
        }
    }

    private void requireExample(float[] example, String name) {
        if (example.length != input.size()) {
            throw new ShapeException(
                    "the predictor cannot take " + name,
                    input.size() + " values, " + input + " in 'c' order",
                    example.length + " values",
                    "give each example the model's input shape");
        }
        int bad = Vectors.firstNonFinite(example, example.length);
        if (bad >= 0) {
            throw notFinite(name, bad, example[bad]);
        }
    }

    void requireExamples(INDArray examples) {
        if (!input.isRowOf(examples.shape())) {
            throw new ShapeException(
                    "the predictor cannot take these examples",
                    batchOf(input, "n"),
                    Arrays.toString(examples.shape()),
                    "give each example the shape " + input);
        }
    }

    /** Checks all values in the model's type, because a finite double may be infinite as a float. */
    void requireFinite(Scratch s, Span examples) {
        int bad = Vectors.firstNonFinite(s, examples);
        if (bad >= 0) {
            throw notFinite("example " + bad / input.size(), bad % input.size(), examples.get(bad));
        }
    }

    private IllegalArgumentException notFinite(String name, long element, double value) {
        return new IllegalArgumentException(
                "the predictor cannot take " + name + ": element " + element + " is " + value
                        + "\n  expected numbers that are neither NaN nor infinite, as " + type
                        + "\n  fix: check the source of the example, and replace missing values");
    }

    void requireRoom(float[] into, long examples) {
        if (into.length != examples * output.size()) {
            throw noRoom(examples * output.size() + " values, " + batchOf(output, examples), into.length + " values");
        }
    }

    void requireRoom(float[][] into, int examples) {
        if (into.length != examples) {
            throw noRoom(examples + " rows, one for each example", into.length + " rows");
        }
        for (int i = 0; i < into.length; i++) {
            if (into[i].length != output.size()) {
                throw noRoom("rows of " + output.size() + " values", into[i].length + " values in row " + i);
            }
        }
    }

    void requireRoom(INDArray into, long examples) {
        boolean fits = output.isRowOf(into.shape()) && into.size(0) == examples;
        if (!fits || into.dataType() != type || !Span.fits(into)) {
            throw noRoom(
                    batchOf(output, examples) + " of " + type + ", dense and in 'c' order",
                    Arrays.toString(into.shape()) + " of " + into.dataType()
                            + (fits ? ", strides " + Arrays.toString(into.stride()) : ""));
        }
    }

    /** Checks that the outputs of a batch cannot overwrite the examples of the next. */
    static void requireApart(INDArray examples, INDArray into) {
        if (Overlap.of(examples, into)) {
            throw new IllegalArgumentException("the predictor cannot write its outputs into the memory of the examples"
                    + "\n  expected an array that shares no memory with them"
                    + "\n  fix: pass another array, or use predict(examples), which returns a new one");
        }
    }

    private static ShapeException noRoom(String expected, String received) {
        return new ShapeException(
                "the predictor cannot write its outputs there",
                expected,
                received,
                "pass an array of the model's output shape, or use a predict method that returns one");
    }

    private static String batchOf(Shape shape, Object n) {
        return shape.rank() == 0
                ? "[" + n + "]"
                : "[" + n + ", " + shape.toString().substring(1);
    }
}
