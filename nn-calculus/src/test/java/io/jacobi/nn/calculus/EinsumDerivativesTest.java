package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.Examples.array;
import static io.jacobi.nn.calculus.Examples.values;
import static io.jacobi.nn.calculus.Examples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests how derivatives are written; {@link RandomContractionsTest} tests that they are correct. */
class EinsumDerivativesTest {

    private static final INDArray X = vector(1, 10);
    private static final INDArray A = array(new double[] {1, 2, 3, 4}, 2, 2);

    @ParameterizedTest(name = "{0} by operand {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "i,ij,j->      | 1 | i,j->ij",
                "i,ij,j->      | 0 | ij,j->i",
                "ij,jk->ik     | 0 | ik,jk->ij",
                "ij,jk->ik     | 1 | ik,ij->jk",
                "bij,bjk->bik  | 1 | bik,bij->bjk",
                "ii->          | 0 | δij->ij",
                "ii->i         | 0 | i,δij->ij",
                "i->           | 0 | 1i->i",
                "ij->i         | 0 | i,1j->ij",
                "ij,kl->ik     | 0 | ik,kl,1j->ij",
                "iji,i->j      | 0 | j,i,δik->ijk",
                "ii,i->        | 0 | i,δij->ij",
                ",i->i         | 0 | i,i->"
            })
    void aGradientIsAContractionAgain(String spec, int operand, String gradient) {
        assertThat(Einsum.of(spec).gradient(operand)).hasToString(gradient);
    }

    @ParameterizedTest(name = "{0} by operand {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ij,jk->ik | 0 | jk,δil->iklj",
                "ij,j->i   | 1 | ij->ij",
                "i->i      | 0 | δij->ij",
                "i,i->i    | 0 | i,δij->ij",
                "i,ij,j->  | 0 | ij,j->i"
            })
    void aJacobianHasTheIndicesOfTheOutputAndThenOfTheOperand(String spec, int operand, String jacobian) {
        assertThat(Einsum.of(spec).jacobian(operand)).hasToString(jacobian);
    }

    @Test
    void theHessianForTwoOperandsContractsTheOthers() {
        assertThat(Einsum.of("i,ij,j->").hessian(0, 2)).hasToString("ij->ij");
        assertThat(Einsum.of("i,ij,j->").hessian(2, 0)).hasToString("ij->ji");
        assertThat(Einsum.of("i,i->").hessian(0, 1)).hasToString("δij->ij");
    }

    @Test
    void aVariableUsedTwiceHasTheSumOfBothGradients() {
        ContractionSum gradient = Einsum.of("i,ij,j->").withRespectTo(0, 2).gradient();

        assertThat(gradient).hasToString("ij,j->i of (1, 0) + j,ji->i of (0, 1)");
        // (A + Aᵀ) x
        assertThat(values(gradient.evaluate(X, A, X))).containsExactly(2 + 50, 5 + 80);
    }

    @Test
    void equalTermsAreCountedOnce() {
        ContractionSum gradient = Einsum.of("i,i,i->").withRespectTo(0, 1, 2).gradient();

        assertThat(gradient).hasToString("3 · i,i->i of (0, 0)");
        assertThat(gradient.terms()).containsExactly(Einsum.of("i,i->i"));
        assertThat(values(gradient.evaluate(X, X, X))).containsExactly(3, 300);
    }

    @Test
    void theGradientOfAnArrayStartsFromItsCotangent() {
        ContractionSum gradient = Einsum.of("i,j->ij").withRespectTo(0, 1).gradient();

        assertThat(gradient).hasToString("ij,j->i of (dy, 0) + ji,j->i of (dy, 0)");
        // (G + Gᵀ) x
        assertThat(values(gradient.evaluate(A, X, X))).containsExactly(2 + 50, 5 + 80);
    }

    @Test
    void theHessianOfAQuadraticFormIsTheMatrixAndItsTranspose() {
        ContractionSum hessian = Einsum.of("i,ij,j->").withRespectTo(0, 2).hessian();

        assertThat(hessian).hasToString("ij->ij of (1) + ji->ij of (1)");
        assertThat(values(hessian.evaluate(X, A, X))).containsExactly(2, 5, 5, 8);
        assertThat(values(Einsum.of("i,i->").withRespectTo(0, 1).hessian().evaluate(X, X)))
                .containsExactly(2, 0, 0, 2);
    }

    @Test
    void aLinearVariableHasAHessianOfZeros() {
        ContractionSum hessian = Einsum.of("i,ij,j->").withRespectTo(1).hessian();

        assertThat(hessian).hasToString("0");
        INDArray value = hessian.evaluate(X, A, X);
        assertThat(value.shape()).containsExactly(2, 2, 2, 2);
        assertThat(values(value)).containsOnly(0);
    }

    @Test
    void theJacobianOfAVariableTakesItsSizesFromTheOperands() {
        ContractionSum jacobian = Einsum.of("i,i->i").withRespectTo(0, 1).jacobian();

        assertThat(values(jacobian.evaluate(X, X))).containsExactly(2, 0, 0, 20);
        assertThat(values(Einsum.of("i->").withRespectTo(0).jacobian().evaluate(X)))
                .containsExactly(1, 1);
    }
}
