package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sum of products in index notation: {@code C_ik = Σ_j A_ij B_jk} is {@code ij,jk->ik}. Whatever index is not in the output is
 * summed.
 *
 * <pre>{@code
 * Einsum product = Einsum.of("ij,jk->ik");
 * INDArray c = product.evaluate(a, b);
 * product.gradient(0);                       // ik,jk->ij: of the first factor, from the cotangent and the second
 * }</pre>
 *
 * Any number of operands of any rank: an index may be in many operands, twice in one (a diagonal, or a trace if it is summed), or in
 * one alone. Sizes must agree exactly: nothing is repeated along a dimension of 1, as gradients of that would be others. A dimension of
 * 0 is an empty sum. Notation with deltas and ones: {@link ContractionSpec}.
 *
 * <p>Instances are immutable, and any number of threads may use one. More: docs/einsum.md.
 */
public final class Einsum {

    private final ContractionSpec spec;
    private final ContractionSpec simple;
    private final Map<Character, Long> given;

    private Einsum(ContractionSpec spec, Map<Character, Long> given) {
        this.spec = spec;
        this.simple = ContractionRules.simplify(spec);
        this.given = given;
    }

    /**
     * Reads it, as {@link ContractionSpec#parse} does: {@code ij,jk->ik}, or {@code ij,jk}, whose output is what comes once.
     *
     * @throws IllegalArgumentException if it cannot be read; the message points at the column
     */
    public static Einsum of(String spec) {
        return of(ContractionSpec.parse(spec));
    }

    /** The contraction with these indices. */
    public static Einsum of(ContractionSpec spec) {
        return new Einsum(spec, Map.of());
    }

    /** Which index stands where. */
    public ContractionSpec spec() {
        return spec;
    }

    /**
     * The same with the size of an index that only constants have, and whose size no operand tells therefore.
     *
     * @throws IllegalArgumentException if no such index is there, or the size is negative
     */
    public Einsum withSize(char index, long size) {
        if (!Indices.has(spec.constantIndices(), index) || size < 0) {
            throw new IllegalArgumentException(spec + ": cannot give index " + index + " the size " + size
                    + "\n  expected at least 0, and an index that no operand has: \"" + spec.constantIndices() + "\"");
        }
        Map<Character, Long> more = new LinkedHashMap<>(given);
        more.put(index, size);
        return new Einsum(spec, more);
    }

    /**
     * The shape of the result for operands of these shapes.
     *
     * @throws io.jacobi.nn.ShapeException if they do not fit; the message names the index and both sizes
     */
    public long[] shape(long[]... shapes) {
        return sizes(Arrays.asList(shapes)).shape(spec.output());
    }

    private ContractionSizes sizes(List<long[]> shapes) {
        return ContractionSizes.of(spec, given, shapes);
    }

    /**
     * Its value: a new dense array, the caller's to close. A result without indices is a scalar, rank 0.
     *
     * @param operands FLOAT or DOUBLE, all of one type; views and transposes too. Without operands the result is DOUBLE
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit; the message names the index and both sizes
     * @throws IllegalArgumentException if the types do not fit
     */
    public INDArray evaluate(INDArray... operands) {
        ContractionSizes sizes =
                sizes(Arrays.stream(operands).map(INDArray::shape).toList());
        DataType type = type(operands);
        INDArray output = Memory.array(type, sizes.shape(spec.output()));
        boolean isEmptySum = sizes.product(spec.indices()) == 0;
        if (!isEmptySum) {
            new ContractionRun(simple, sizes, type).into(output, List.of(operands));
        }
        return output;
    }

    private DataType type(INDArray... operands) {
        DataType type = operands.length == 0 ? DataType.DOUBLE : operands[0].dataType();
        for (INDArray operand : operands) {
            if (operand.dataType() != type || (type != DataType.FLOAT && type != DataType.DOUBLE)) {
                throw new IllegalArgumentException(spec + ": the types of the operands do not fit: "
                        + Arrays.stream(operands).map(INDArray::dataType).toList()
                        + "\n  expected all FLOAT or all DOUBLE\n  fix: array.castTo(DataType.DOUBLE)");
            }
        }
        return type;
    }

    /** As {@link #of(String)} reads it. */
    @Override
    public String toString() {
        return spec.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Einsum einsum && spec.equals(einsum.spec) && given.equals(einsum.given);
    }

    @Override
    public int hashCode() {
        return spec.hashCode() + 31 * given.hashCode();
    }
}
