package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import org.junit.jupiter.api.Test;

/** Checks of a layer whose input is a choice and not a number. */
class ParametersOnlyTest {

    private static final Initializer ZERO_TO_TWO = (values, shape, random) -> {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3);
        }
    };

    /** y = table[x]; the gradient is multiplied by {@code factor}, which is 1 in a right layer. */
    private record Lookup(double factor) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("table", Shape.of(3), Initializers.zeros());
            return input;
        }

        @Override
        public void forward(Pass p) {
            Span x = Span.of(p.x());
            for (int i = 0; i < x.length(); i++) {
                int index = (int) x.get(i);
                if (index != x.get(i)) {
                    throw new IllegalArgumentException(x.get(i) + " is not an index");
                }
                Span.of(p.y()).set(i, Span.of(p.value("table")).get(index));
            }
        }

        @Override
        public void backward(Pass p) {
            Span gradient = Span.of(p.gradient("table"));
            for (int i = 0; i < Span.of(p.x()).length(); i++) {
                int index = (int) Span.of(p.x()).get(i);
                gradient.set(
                        index, gradient.get(index) + factor * Span.of(p.dy()).get(i));
            }
            if (p.needsInputGradient()) {
                Vectors.fill(p.scratch(), p.dx(), 0);
            }
        }
    }

    private record Identity() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            Vectors.copy(p.scratch(), p.dy(), p.dx());
        }
    }

    @Test
    void comparesEveryParameterAndNotTheInput() {
        GradientReport report = GradientCheck.of(new Lookup(1))
                .inputs(ZERO_TO_TWO)
                .parametersOnly()
                .verify();

        assertThat(report.tensors()).extracting(TensorResult::tensor).containsOnly("table");
        assertThat(report.coordinates()).isEqualTo(6);
    }

    @Test
    void stillFindsAWrongGradient() {
        GradientReport report = GradientCheck.of(new Lookup(1.001))
                .inputs(ZERO_TO_TWO)
                .parametersOnly()
                .report();

        assertThat(report.passed()).isFalse();
        assertThat(report.worst()).isGreaterThan(1e-4);
    }

    @Test
    void isNeededWhereTheInputIsAnIndex() {
        assertThatThrownBy(() ->
                        GradientCheck.of(new Lookup(1)).inputs(ZERO_TO_TWO).report())
                .hasMessageContaining("is not an index");
    }

    @Test
    void isKeptByEveryOtherSetting() {
        LayerCheck check = GradientCheck.of(new Lookup(1))
                .parametersOnly()
                .input(Shape.of(2))
                .inputs(ZERO_TO_TWO)
                .batches(2)
                .seed(7)
                .tolerance(1e-6)
                .step(1e-4)
                .fivePoint(1e-3, 1e-9)
                .everyCoordinateUpTo(10)
                .withKinks();

        assertThat(check.verify().tensors()).extracting(TensorResult::tensor).containsOnly("table");
        assertThat(check.verify().coordinates()).isEqualTo(3);
    }

    @Test
    void refusesToCompareNothing() {
        LayerCheck nothing = GradientCheck.of(new Identity()).parametersOnly();

        assertThatThrownBy(nothing::report)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no parameters")
                .hasMessageContaining("fix: leave out parametersOnly()");
    }
}
