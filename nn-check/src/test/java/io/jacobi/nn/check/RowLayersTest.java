package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Row;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that are written for one example pass the checks of any layer, and their mistakes are found. */
class RowLayersTest {

    /** y = x², with a derivative that can be off. */
    private record Square(double slope) implements RowLayer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Row row) {
            for (int i = 0; i < row.x().length; i++) {
                row.y()[i] = row.x()[i] * row.x()[i];
            }
        }

        @Override
        public void backward(Row row) {
            for (int i = 0; i < row.x().length; i++) {
                row.dx()[i] = slope * row.x()[i] * row.dy()[i];
            }
        }
    }

    /** y = w · x: fewer outputs than inputs, and a gradient that is summed over the batch. */
    private record Dot() implements RowLayer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("w", input, Initializers.normal(0, 1));
            return Shape.of(1);
        }

        @Override
        public void forward(Row row) {
            double[] w = row.value("w");
            row.y()[0] = 0;
            for (int i = 0; i < w.length; i++) {
                row.y()[0] += w[i] * row.x()[i];
            }
        }

        @Override
        public void backward(Row row) {
            double dy = row.dy()[0];
            double[] w = row.value("w");
            for (int i = 0; i < w.length; i++) {
                row.gradient("w")[i] += dy * row.x()[i];
                row.dx()[i] = dy * w[i];
            }
        }
    }

    /** y = m x with random m in training, saved for backward. */
    private record Noise() implements RowLayer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.saved("m", input);
            return input;
        }

        @Override
        public void forward(Row row) {
            SplittableRandom random = row.random();
            for (int i = 0; i < row.x().length; i++) {
                row.saved("m")[i] = row.training() ? (float) (1 + 0.1 * random.nextDouble()) : 1;
                row.y()[i] = row.saved("m")[i] * row.x()[i];
            }
        }

        @Override
        public void backward(Row row) {
            for (int i = 0; i < row.x().length; i++) {
                row.dx()[i] = row.saved("m")[i] * row.dy()[i];
            }
        }
    }

    static Stream<RowLayer> layers() {
        return Stream.of(new Square(2), new Dot(), new Noise());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void passEveryClaim(RowLayer layer) {
        GradientReport report = GradientCheck.of(layer).input(Shape.of(2, 3)).verify();

        assertThat(report.coordinates()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void passOnRowsLongerThanATile(RowLayer layer) {
        GradientCheck.of(layer).input(Shape.of(2100)).batches(1).verify();
    }

    @Test
    void aWrongOneIsFound() {
        assertThat(GradientCheck.of(new Square(2.001))
                        .input(Shape.of(3))
                        .report()
                        .passed())
                .isFalse();
    }
}
