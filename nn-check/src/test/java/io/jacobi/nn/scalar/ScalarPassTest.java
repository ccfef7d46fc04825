package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Seeds;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalarPassTest {

    private static final long SEED = 42;
    private static final Tensor<Dual> X = Tensor.of(new int[] {2, 3}, i -> new Dual(i, 0));
    private static final Tensor<Dual> WEIGHT = Tensor.of(new int[] {1}, i -> new Dual(5, 0));
    private static final Tensor<Dual> INSIDE = Tensor.of(new int[] {1}, i -> new Dual(6, 0));

    private final ScalarPass<Dual> pass =
            new ScalarPass<>(X, Map.of("0.weight", WEIGHT, "0.1.weight", INSIDE), "0", SEED);

    @Test
    void findsValuesByTheLayersOwnNames() {
        assertThat(pass.x()).isSameAs(X);
        assertThat(pass.batch()).isEqualTo(2);
        assertThat(pass.value("weight")).isSameAs(WEIGHT);
        assertThat(pass.has("weight")).isTrue();
        assertThat(pass.has("bias")).isFalse();
        assertThat(pass.constant(3)).isEqualTo(new Dual(3, 0));
    }

    @Test
    void theErrorForAMissingValueListsTheExistingOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pass.value("bias"))
                .withMessage("There is no 0.bias; there are [0.1.weight, 0.weight]");
    }

    @Test
    void aChildHasAPathOfItsOwn() {
        Tensor<Dual> input = X.reshape(3, 2);

        ScalarPass<Dual> child = pass.child(1, input);

        assertThat(child.x()).isSameAs(input);
        assertThat(child.value("weight")).isSameAs(INSIDE);
        assertThat(pass.key()).isEqualTo(Seeds.pass(SEED, "0", 0));
        assertThat(child.key()).isEqualTo(Seeds.pass(SEED, "0.1", 0));
    }

    @Test
    void thePathOfALayerInAChainThatIsTheModelIsItsIndex() {
        ScalarPass<Dual> model = new ScalarPass<>(X, Map.of("0.weight", WEIGHT), "", SEED);

        assertThat(model.child(0, X).value("weight")).isSameAs(WEIGHT);
        assertThat(model.child(0, X).key()).isEqualTo(Seeds.pass(SEED, "0", 0));
    }
}
