package io.jacobi.nn.layers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How twins are found and which mistakes they see. GradientsTest makes sure that every layer has one. */
class ScalarLayersTest {

    /** A user's layer y = a x, with a derivative that can be wrong. */
    record Times(double factor, double derivative) implements Layer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            times(p, factor, p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            times(p, derivative, p.dy(), p.dx());
        }

        private static void times(Pass p, double a, INDArray from, INDArray to) {
            Elementwise.map(p.scratch(), from, to, (x, y, n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = a * x[i];
                }
            });
        }
    }

    static <T extends Real<T>> Tensor<T> times(Times layer, ScalarPass<T> p) {
        return p.x().map(x -> x.times(layer.factor()));
    }

    private static final ScalarLayers WITH_TIMES = ScalarLayers.with(Times.class, ScalarLayersTest::times);

    @Test
    void usersLayersAreCheckedByThemselvesAndInsideOthers() {
        Times times = new Times(3, 3);
        Layer composite = Residual.of(new Affine(5), Chain.of(times, new Tanh()));

        GradientCheck.of(times).scalars(WITH_TIMES.twin(times)).verify();
        GradientCheck.of(composite).scalars(WITH_TIMES.twin(composite)).verify();
    }

    /** Differences cannot see an error of 1e-10. */
    @Test
    void aTwinSeesWhatDifferencesCannot() {
        Times wrong = new Times(3, 3 + 3e-10);

        GradientReport report =
                GradientCheck.of(wrong).scalars(WITH_TIMES.twin(wrong)).report();

        assertThat(report.worst(Oracle.DIFFERENCES)).isLessThan(Stencil.CENTRAL_TOLERANCE);
        assertThat(report.worst(Oracle.SCALARS)).isBetween(0.5e-10, 2e-10);
        assertThat(report.worst(Oracle.DUALS)).isGreaterThan(1e-11);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void anUnknownLayerIsNamedWithTheFix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScalarLayers.of(Chain.of(new Tanh(), Residual.of(new Times(2, 2)))))
                .withMessageContaining("no scalar forward pass of Times[factor=2.0, derivative=2.0]")
                .withMessageContaining("expected a layer of Jacobi's, or one that was given")
                .withMessageContaining("ScalarLayers.with(Times.class, ...)");
    }

    @Test
    void addingOneLeavesTheOthersAsTheyWere() {
        ScalarLayers replaced = WITH_TIMES.and(LeakyRelu.class, ScalarLayersTest::mirrored);

        assertThat(at(-2, replaced.twin(new LeakyRelu(0.5)))).isEqualTo(2);
        assertThat(at(-2, replaced.twin(new Times(3, 3)))).isEqualTo(-6);
        assertThat(at(-2, WITH_TIMES.twin(new LeakyRelu(0.5)))).isEqualTo(-1);
    }

    static <T extends Real<T>> Tensor<T> mirrored(LeakyRelu layer, ScalarPass<T> p) {
        return p.x().map(Real::abs);
    }

    private static double at(double x, ScalarLayer layer) {
        Tensor<Dual> input = Tensor.of(new int[] {1, 1}, i -> new Dual(x, 1));
        return layer.forward(new ScalarPass<>(input, Map.of(), "0", 1)).at(0).value();
    }
}
