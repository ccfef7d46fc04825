package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.Examples.array;
import static io.jacobi.nn.calculus.Examples.values;
import static io.jacobi.nn.calculus.Examples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.math.Memory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class EinsumTest {

    private static final INDArray A = array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    private static final INDArray SQUARE = array(new double[] {1, 2, 3, 4}, 2, 2);
    private static final INDArray X = vector(1, 10);

    private static double[] einsum(String spec, INDArray... operands) {
        return values(Einsum.of(spec).evaluate(operands));
    }

    @Test
    void multipliesMatrices() {
        INDArray b = array(new double[] {1, 0, 2, 1, 1, 1}, 3, 2);

        assertThat(einsum("ij,jk->ik", A, b)).containsExactly(8, 5, 20, 11);
        assertThat(einsum("ij,jk", A, b)).as("implicit output").containsExactly(8, 5, 20, 11);
        assertThat(einsum("ij,jk->ki", A, b)).containsExactly(8, 20, 5, 11);
    }

    @Test
    void innerProductsAreScalarsOfRankZero() {
        INDArray inner = Einsum.of("ij,ij->").evaluate(A, A);

        assertThat(inner.rank()).isZero();
        assertThat(values(inner)).containsExactly(91);
    }

    @Test
    void outerProductsHaveAllIndices() {
        assertThat(einsum("i,j->ij", X, X)).containsExactly(1, 10, 10, 100);
        assertThat(einsum("ij,k->ijk", SQUARE, X)).containsExactly(1, 10, 2, 20, 3, 30, 4, 40);
    }

    @Test
    void repeatedIndicesAreDiagonals() {
        assertThat(einsum("ii->i", SQUARE)).containsExactly(1, 4);
        assertThat(einsum("ii->", SQUARE)).containsExactly(5);
        assertThat(einsum("ii", SQUARE)).as("implicit output").containsExactly(5);
        assertThat(einsum("ii,i->i", SQUARE, X)).containsExactly(1, 40);
    }

    @Test
    void indicesOfOneOperandAloneAreSummed() {
        assertThat(einsum("ij->i", A)).containsExactly(6, 15);
        assertThat(einsum("ij->j", A)).containsExactly(5, 7, 9);
        assertThat(einsum("ij,kl->ik", A, SQUARE)).containsExactly(18, 42, 45, 105);
    }

    @Test
    void scalarsAreOperandsWithoutIndices() {
        INDArray two = array(new double[] {2});

        assertThat(einsum(",i->i", two, X)).containsExactly(2, 20);
        assertThat(einsum(",->", two, two)).containsExactly(4);
    }

    @Test
    void aDimensionOfZeroIsAnEmptySum() {
        INDArray none = Memory.array(DataType.DOUBLE, 0, 3);

        assertThat(einsum("ij->j", none)).containsExactly(0, 0, 0);
        assertThat(Einsum.of("ij->i").evaluate(none).shape()).containsExactly(0);
        assertThat(einsum("ij,ij->", none, none)).containsExactly(0);
    }

    @Test
    void oneEinsumServesOperandsOfEveryShapeAndLayout() {
        Einsum product = Einsum.of("ij,jk->ik");
        INDArray b = array(new double[] {1, 0, 2, 1, 1, 1}, 3, 2);

        assertThat(values(product.evaluate(A, b))).containsExactly(8, 5, 20, 11);
        assertThat(values(product.evaluate(SQUARE, SQUARE))).containsExactly(7, 10, 15, 22);
        assertThat(values(product.evaluate(SQUARE, SQUARE.permute(1, 0)))).containsExactly(5, 11, 11, 25);
        assertThat(values(product.evaluate(SQUARE.permute(1, 0), SQUARE))).containsExactly(10, 14, 14, 20);
        assertThat(values(product.evaluate(A, b))).containsExactly(8, 5, 20, 11);
    }

    @Test
    void operandsAreNotChanged() {
        INDArray before = A.dup('c');

        einsum("ji,kj->ki", A, A.permute(1, 0));

        assertThat(values(A)).containsExactly(values(before));
    }

    @Test
    void constantsAreEvaluatedWithoutOperands() {
        assertThat(einsum("i,δij->ij", X)).containsExactly(1, 0, 0, 10);
        assertThat(values(Einsum.of("i,1j->ij").withSize('j', 3).evaluate(X))).containsExactly(1, 1, 1, 10, 10, 10);
        assertThat(einsum("ij,δjk->ik", SQUARE)).containsExactly(1, 2, 3, 4);
        assertThat(values(Einsum.of("δij->ij").withSize('i', 2).withSize('j', 2).evaluate()))
                .containsExactly(1, 0, 0, 1);
        assertThat(values(Einsum.of("1i->").withSize('i', 7).evaluate())).containsExactly(7);
    }
}
