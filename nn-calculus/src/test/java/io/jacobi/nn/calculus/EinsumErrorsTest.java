package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.Examples.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class EinsumErrorsTest {

    private static final INDArray A = array(new double[6], 2, 3);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ij,j k;->ik | ';' in column 7",
                "i->j->k     | '-' in column 5",
                "ij-ik       | '-' in column 3",
                "i...j->ij   | '.' in column 2",
                "δijk->ij    | 'δ' in column 1",
                "i2->i       | '2' in column 2"
            })
    void syntaxErrorsPointAtTheColumn(String spec, String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of(spec))
                .withMessageContaining("Cannot read " + where)
                .withMessageContaining("\n    " + spec + "\n    ")
                .withMessageContaining("^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "iδ,δj->ij   | 'δ' in column 2",
                "δγγ,ζγε     | 'δ' in column 1",
                "δγε,ζγε->ζ  | 'δ' in column 1",
                "ij,δγ->     | 'δ' in column 4",
                "ij->δ       | 'δ' in column 5",
                "δi,ij->     | 'δ' in column 1"
            })
    void deltaIsReserved(String spec, String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of(spec))
                .withMessageContaining("Cannot read " + where)
                .withMessageContaining("fix: δ is reserved for deltas; name an index with another letter");
    }

    @Test
    void onesNeedAnIndex() {
        for (String spec : new String[] {"1->", "ij,1->ij", "1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Einsum.of(spec))
                    .withMessageContaining("expected an index after the 1 of ones, as in 1i");
        }
        assertThat(Einsum.of("->")).hasToString("->");
    }

    @Test
    void anOutputInTheMemoryOfAnOperandIsRejected() {
        INDArray all = array(new double[18], 3, 6);
        INDArray matrix = array(new double[9], 3, 3);
        Einsum product = Einsum.of("ij,jk->ik");
        for (INDArray operand : new INDArray[] {matrix, matrix.transpose(), matrix.reshape(3, 3)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> product.evaluateInto(matrix, array(new double[9], 3, 3), operand))
                    .withMessageContaining("the output is in the memory of operand 1")
                    .withMessageContaining("fix: call evaluate(...)");
        }
        INDArray row = all.get(NDArrayIndex.point(1), NDArrayIndex.all());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij->j").evaluateInto(row, all))
                .withMessageContaining("the output is in the memory of operand 0");
        INDArray other = all.get(NDArrayIndex.point(0), NDArrayIndex.all());
        Einsum.of("i->i").evaluateInto(row, other);
    }

    @Test
    void theColumnIsUnderTheCaret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("i...j->ij"))
                .withMessage("Cannot read '.' in column 2 of\n    i...j->ij\n     ^"
                        + "\n  expected a letter, ',' or a single \"->\""
                        + "\n  fix: replace ... by a letter for each index that it stands for");
    }

    @Test
    void theOutputHasEachIndexOfTheOperandsAtMostOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij->ik"))
                .withMessageContaining("Index k of the output \"ik\" is in no operand")
                .withMessageContaining("expected one of \"ij\"")
                .withMessageContaining("1k");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij->ii"))
                .withMessageContaining("Index i occurs twice in the output \"ii\"")
                .withMessageContaining("i,δij->ij");
    }

    @Test
    void anIndexWithTwoSizesIsReportedWithBoth() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ij,jk->ik").evaluate(A, A))
                .withMessage("ij,jk->ik: index j has two sizes"
                        + "\n  expects  size 3, as in operand 0 \"ij\", dimension 1"
                        + "\n  received size 2 in operand 1 \"jk\", dimension 0"
                        + "\n  fix: use another letter, or arrays whose sizes agree; a size of 1 is not broadcast");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ii->i").evaluate(A))
                .withMessageContaining("size 2, as in operand 0 \"ii\", dimension 0")
                .withMessageContaining("size 3 in operand 0 \"ii\", dimension 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ij,δij->").evaluate(A))
                .withMessageContaining("size 2 in δij");
    }

    @Test
    void aSizeOfOneIsNotBroadcast() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ij,ij->ij").evaluate(A, array(new double[3], 1, 3)))
                .withMessageContaining("index i has two sizes");
    }

    @Test
    void rankAndNumberOfOperandsMustFit() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ijk->i").evaluate(A))
                .withMessageContaining("operand 0 \"ijk\" has the wrong rank")
                .withMessageContaining("rank 2, [2, 3]");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ij,jk->ik").evaluate(A))
                .withMessageContaining("2 operands")
                .withMessageContaining("received 1 operand\n");
    }

    @Test
    void sizesThatOnlyConstantsHaveMustBeGiven() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("ij->").gradient(0).evaluate())
                .withMessageContaining("no operand determines the size of index i")
                .withMessageContaining("fix: einsum.withSize('i', n)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij->i").withSize('j', 3))
                .withMessageContaining("cannot give index j the size 3");
    }

    @Test
    void typesMustAgree() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij,ij->").evaluate(A, Memory.array(DataType.FLOAT, 2, 3)))
                .withMessageContaining("received [DOUBLE, FLOAT]")
                .withMessageContaining("expected all FLOAT or all DOUBLE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij->").evaluate(A.castTo(DataType.INT32)))
                .withMessageContaining("received [INT]");
    }

    @Test
    void anUnsuitableOutputIsRejected() {
        Einsum transpose = Einsum.of("ij->ji");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> transpose.evaluateInto(array(new double[6], 2, 3), A))
                .withMessageContaining("expects  [3, 2]")
                .withMessageContaining("received [2, 3]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transpose.evaluateInto(Memory.array(DataType.FLOAT, 3, 2), A))
                .withMessageContaining("expected DOUBLE");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> transpose.evaluateInto(array(new double[6], 2, 3).permute(1, 0), A))
                .withMessageContaining("dense, row-major");
    }

    @Test
    void invalidDerivativesAreRejected() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Einsum.of("ij,jk->ik").gradient(2))
                .withMessageContaining("no operand 2")
                .withMessageContaining("expected 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("ij,jk->ik").hessian(0, 1))
                .withMessageContaining("has no Hessian: its output has the indices \"ik\"")
                .withMessageContaining("expected a scalar");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("i,ij,j->").hessian(1, 1))
                .withMessageContaining("linear in operand 1")
                .withMessageContaining("withRespectTo");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("i,ij,j->").withRespectTo(0, 1))
                .withMessageContaining("operands 0 and 1 cannot be one variable")
                .withMessageContaining("expected rank 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Einsum.of("i,ij,j->").withRespectTo(0, 0))
                .withMessageContaining("each once");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Einsum.of("i,ij,j->")
                        .withRespectTo(0, 2)
                        .gradient()
                        .evaluate(array(new double[2], 2), A, array(new double[3], 3)))
                .withMessageContaining("operands 0 and 2 are one variable, but their shapes differ")
                .withMessageContaining("give the same array for both");
    }
}
