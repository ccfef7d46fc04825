package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.NativeAllocations;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tests which memory a contraction keeps from one run to the next. */
@Isolated("counts what the whole process allocates")
class RunMemoryTest {

    /** A contraction whose first operand is copied. */
    private static final String COPIES = "ijkmn,mnwyz->ijknwyz";

    private static INDArray first(DataType type, long seed) {
        return uniform(type, seed, 2, 3, 2, 8, 4);
    }

    private static INDArray second(DataType type, long seed) {
        return uniform(type, seed, 8, 4, 3, 2, 2);
    }

    private static INDArray uniform(DataType type, long seed, long... shape) {
        INDArray values = Examples.uniform(new SplittableRandom(seed), shape);
        return values.castTo(type);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"FLOAT", "DOUBLE"})
    void evaluationsAfterTheSecondAllocateNothing(DataType type) {
        Einsum einsum = Einsum.of(COPIES);
        INDArray a = first(type, 1);
        INDArray b = second(type, 2);
        INDArray c = einsum.evaluate(a, b);
        double[] expected = Vectors.toDoubles(c);
        einsum.evaluateInto(c, a, b);
        Vectors.fill(new Scratch(), c, Double.NaN);

        NativeAllocations counter = new NativeAllocations();
        for (int run = 0; run < 20; run++) {
            einsum.evaluateInto(c, a, b);
        }

        assertThat(counter.nd4j()).as("buffers, views and operations of ND4J").isZero();
        assertThat(counter.javacpp()).as("pointers of JavaCPP that own memory").isLessThanOrEqualTo(0);
        assertThat(Vectors.toDoubles(c)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"FLOAT", "DOUBLE"})
    void threadsThatShareAnEinsumGetIdenticalResults(DataType type) throws Exception {
        int threads = 4;
        Einsum shared = Einsum.of(COPIES);
        List<INDArray> a = new ArrayList<>();
        List<INDArray> b = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            a.add(first(type, 10 + t));
            b.add(second(type, 20 + t));
            expected.add(Vectors.toDoubles(Einsum.of(COPIES).evaluate(a.get(t), b.get(t))));
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> wrong = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int mine = t;
                wrong.add(pool.submit(() -> wrong(shared, a.get(mine), b.get(mine), expected.get(mine))));
            }
            for (Future<Integer> count : wrong) {
                assertThat(count.get()).as("wrong results").isZero();
            }
        } finally {
            pool.shutdown();
        }
    }

    private static int wrong(Einsum einsum, INDArray a, INDArray b, double... expected) {
        int wrong = 0;
        INDArray c = Memory.array(a.dataType(), einsum.shape(a.shape(), b.shape()));
        for (int run = 0; run < 200; run++) {
            einsum.evaluateInto(c, a, b);
            wrong += Arrays.equals(Vectors.toDoubles(c), expected) ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void otherShapesAndTypesInBetweenChangeNothing() {
        Einsum einsum = Einsum.of(COPIES);
        INDArray a = first(DataType.DOUBLE, 1);
        INDArray b = second(DataType.DOUBLE, 2);
        double[] expected = Vectors.toDoubles(einsum.evaluate(a, b));
        for (int run = 0; run < 3; run++) {
            einsum.evaluate(uniform(DataType.DOUBLE, 3, 2, 2, 2, 3, 2), uniform(DataType.DOUBLE, 4, 3, 2, 2, 2, 2));
            einsum.evaluate(first(DataType.FLOAT, 5), second(DataType.FLOAT, 6));
            assertThat(Vectors.toDoubles(einsum.evaluate(a, b))).isEqualTo(expected);
        }
    }

    @Test
    void reusesVectorsThatWereGivenBack() {
        try (RunMemory memory = new RunMemory(30)) {
            INDArray ten = memory.take(DataType.FLOAT, 10);
            INDArray other = memory.take(DataType.FLOAT, 10);
            assertThat(other).isNotSameAs(ten);
            memory.giveBack(ten);

            assertThat(memory.take(DataType.FLOAT, 10)).isSameAs(ten);
            memory.giveBack(ten);
            INDArray doubles = memory.take(DataType.DOUBLE, 10);
            assertThat(doubles).as("of another type").isNotSameAs(ten);
            assertThat(ten.wasClosed()).as("30 are allowed").isFalse();
            assertThat(memory.numbers()).isEqualTo(30);
            memory.giveBack(other);
            memory.giveBack(doubles);
        }
    }

    @Test
    void closesFreeVectorsBeforeExceedingTheLimit() {
        RunMemory memory = new RunMemory(25);
        INDArray ten = memory.take(DataType.FLOAT, 10);
        INDArray eleven = memory.take(DataType.FLOAT, 11);
        memory.giveBack(ten);
        memory.giveBack(eleven);

        INDArray twelve = memory.take(DataType.FLOAT, 12);

        assertThat(ten.wasClosed()).as("10 + 11 + 12 > 25").isTrue();
        assertThat(eleven.wasClosed()).as("11 + 12 <= 25").isFalse();
        assertThat(memory.numbers()).isEqualTo(23);
        memory.giveBack(twelve);
        memory.close();
        assertThat(twelve.wasClosed()).isTrue();
        assertThat(memory.numbers()).isZero();
    }
}
