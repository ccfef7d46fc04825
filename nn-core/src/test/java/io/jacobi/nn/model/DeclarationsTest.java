package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Vectors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class DeclarationsTest {

    static Stream<Consumer<Declarations>> declarationsOfAnotherA() {
        return Stream.of(
                d -> d.parameter("a", Shape.of(1), Initializers.zeros()),
                d -> d.state("a", Shape.of(1), Initializers.zeros()),
                d -> d.saved("a", Shape.of(1)));
    }

    @ParameterizedTest
    @MethodSource("declarationsOfAnotherA")
    void aNameIsDeclaredOnce(Consumer<Declarations> another) {
        for (Consumer<Declarations> one : declarationsOfAnotherA().toList()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Sequential.input(Shape.of(1))
                            .add(new Declaring(one.andThen(another)))
                            .build(DataType.FLOAT, 1))
                    .withMessageContaining("declares \"a\" twice");
        }
    }

    @Test
    void statesAreStoredBesideTheWeights() {
        Sequential model = Sequential.input(Shape.of(1))
                .add(new Declaring(d -> {
                    d.state("mean", Shape.of(2), Initializers.constant(3));
                    d.state("variance", Shape.of(1), Initializers.constant(5));
                }))
                .build(DataType.FLOAT, 1);

        assertThat(model.parameterCount()).isZero();
        assertThat(model.weights().isEmpty()).isTrue();
        assertThat(model.states()).extracting(Parameter::path).containsExactly("0.mean", "0.variance");
        assertThat(Vectors.toDoubles(model.state())).containsExactly(3, 3, 5);
        assertThat(Vectors.toDoubles(model.value("0.variance"))).containsExactly(5);
    }

    @Test
    void anInitialValueThatIsInfiniteAsAFloatIsRefused() {
        Sequential.Builder builder = Sequential.input(Shape.of(1))
                .add(new Declaring(d -> d.state("large", Shape.of(2), Initializers.constant(1e39))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.build(DataType.FLOAT, 1))
                .withMessageContainingAll("element 0 of 0.large is 1.0E39, which is infinite as a float", "fix: ");
        Sequential doubles = builder.build(DataType.DOUBLE, 1);
        assertThat(Vectors.toDoubles(doubles.state())).containsExactly(1e39, 1e39);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> doubles.copy(DataType.FLOAT))
                .withMessageContaining("infinite as a float");
    }

    /** A layer that only declares. */
    private record Declaring(Consumer<Declarations> declarations) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            declarations.accept(d);
            return input;
        }

        @Override
        public void forward(Pass p) {}

        @Override
        public void backward(Pass p) {}
    }
}
