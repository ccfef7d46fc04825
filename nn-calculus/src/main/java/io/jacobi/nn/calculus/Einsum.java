package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.math.Memory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sum of products in index notation: {@code C_ik = Σ_j A_ij B_jk} is {@code ij,jk->ik}. Indices that do not occur in
 * the output are summed.
 *
 * <pre>{@code
 * Einsum product = Einsum.of("ij,jk->ik");
 * INDArray c = product.evaluate(a, b);
 * product.gradient(0);                       // ik,jk->ij, a contraction of the cotangent and the second factor
 * }</pre>
 *
 * There may be any number of operands of any rank. An index may occur in several operands, in only one, or twice in one
 * operand (a diagonal, or a trace if it is summed). Sizes must agree exactly: a dimension of 1 is not broadcast,
 * because broadcasting would change the gradients. A dimension of 0 is an empty sum. For the notation with deltas and
 * ones, see {@link ContractionSpec}.
 *
 * <p>Immutable apart from a cache; any number of threads may share an instance. From the second evaluation for operands
 * of the same shapes on, the memory for copies and intermediate results is kept for the next evaluation: for each
 * thread at most the size that {@link #explain} reports, and nothing if that exceeds 2^23 numbers. See docs/einsum.md.
 */
public final class Einsum {

    private final ContractionSpec spec;
    private final ContractionSpec simple;
    private final Map<Character, Long> given;
    private volatile @Nullable ReadyContraction last;

    private Einsum(ContractionSpec spec, Map<Character, Long> given) {
        this.spec = spec;
        this.simple = ContractionRules.simplify(spec);
        this.given = given;
    }

    /**
     * Reads a contraction as {@link ContractionSpec#parse} does: {@code ij,jk->ik}, or {@code ij,jk}, whose output is
     * every index that occurs once.
     *
     * @throws IllegalArgumentException if the text cannot be read; the message points at the column
     */
    public static Einsum of(String spec) {
        return of(ContractionSpec.parse(spec));
    }

    /** The contraction that {@code spec} describes. */
    public static Einsum of(ContractionSpec spec) {
        return new Einsum(spec, Map.of());
    }

    /** The indices of the operands, the constants and the output. */
    public ContractionSpec spec() {
        return spec;
    }

    /**
     * Returns a copy with the size of an index that only constants have, so that no operand determines its size.
     *
     * @throws IllegalArgumentException if an operand or nothing has the index, or the size is negative
     */
    public Einsum withSize(char index, long size) {
        if (!Indices.has(spec.constantIndices(), index) || size < 0) {
            throw new IllegalArgumentException(Excerpt.of(spec) + ": cannot give index " + index + " the size " + size
                    + "\n  expected a size of at least 0, and an index that only constants have: \""
                    + spec.constantIndices() + "\"");
        }
        Map<Character, Long> more = new LinkedHashMap<>(given);
        more.put(index, size);
        return new Einsum(spec, more);
    }

    /** Returns a copy with the given sizes of the indices that only constants have; the other sizes are ignored. */
    Einsum withSizes(Map<Character, Long> sizes) {
        Map<Character, Long> needed = new LinkedHashMap<>(sizes);
        needed.keySet().removeIf(index -> !Indices.has(spec.constantIndices(), index));
        return new Einsum(spec, needed);
    }

    /**
     * The shape of the result for operands of the given shapes.
     *
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit; the message names the index and both sizes
     */
    public long[] shape(long[]... shapes) {
        return sizes(Arrays.asList(shapes)).shape(spec.output());
    }

    /**
     * Describes how operands of the given shapes are contracted: the steps in order, the number of multiplications, and
     * the largest number of elements allocated at one time, including the result but not the operands.
     *
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit
     */
    public String explain(long[]... shapes) {
        ContractionSizes sizes = sizes(Arrays.asList(shapes));
        return plan(sizes).text(spec, sizes);
    }

    ContractionPlan plan(long[]... shapes) {
        return plan(sizes(Arrays.asList(shapes)));
    }

    private ContractionPlan plan(ContractionSizes sizes) {
        return ReadyContraction.dense(simple, sizes).plan();
    }

    /**
     * Evaluates the contraction into a new dense array, which the caller must close. A result without indices is a
     * scalar of rank 0.
     *
     * @param operands all FLOAT or all DOUBLE; views and transposes are allowed. Without operands the result is DOUBLE
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit; the message names the index and both sizes
     * @throws IllegalArgumentException if the types do not fit
     */
    public INDArray evaluate(INDArray... operands) {
        return evaluate(Operands.type(spec, operands), operands);
    }

    INDArray evaluate(DataType type, INDArray... operands) {
        ReadyContraction ready = ready(operands);
        INDArray output = Memory.array(type, ready.outputShape());
        ready.run(output, operands);
        return output;
    }

    /** Reuses the last plan while the shapes stay the same, because planning takes longer than a small product. */
    private ReadyContraction ready(INDArray... operands) {
        ReadyContraction known = last;
        if (known == null || !known.isFor(operands)) {
            ReadyContraction next = new ReadyContraction(simple, sizes(Operands.shapes(operands)), operands);
            last = next;
            if (known != null) {
                known.release();
            }
            return next;
        }
        return known;
    }

    /**
     * Evaluates the contraction into an existing array, whose values are overwritten.
     *
     * @param output dense, with the shape and type of the result, and in other memory than the operands
     * @param operands as for {@link #evaluate}
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit
     * @throws IllegalArgumentException if the types do not fit, or the output shares memory with an operand
     */
    public void evaluateInto(INDArray output, INDArray... operands) {
        ReadyContraction ready = ready(operands);
        Operands.requireOutput(spec, ready.outputShape(), Operands.type(spec, operands), output);
        Operands.requireApart(spec, output, operands);
        ready.run(output, operands);
    }

    private ContractionSizes sizes(List<long[]> shapes) {
        return ContractionSizes.of(spec, given, shapes);
    }

    /** The sizes of the indices of {@code more}, which may have operands that this contraction does not have. */
    ContractionSizes sizes(ContractionSpec more, List<long[]> shapes) {
        return ContractionSizes.of(more, given, shapes);
    }

    /**
     * The gradient with respect to one operand. It is a contraction of the cotangent dy, which has the shape of the
     * output, followed by all other operands. A scalar output has no dy, because dy would be 1: the gradient of
     * {@code i,ij,j->} with respect to its matrix is {@code i,j->ij}.
     *
     * <p>If only constants have an index, as in {@code 1i->i}, the gradient of {@code i->}, its size must be set with
     * {@link #withSize}; {@link #withRespectTo} does that.
     *
     * @param operand the number of the operand, from 0
     */
    public Einsum gradient(int operand) {
        requireOperand(operand);
        return derivative(ContractionTerm.of(spec).gradient(operand));
    }

    /**
     * The derivative of each element of the output with respect to each element of one operand, a contraction of the
     * other operands. Its indices are the indices of the output followed by the indices of the operand.
     *
     * @param operand the number of the operand, from 0
     */
    public Einsum jacobian(int operand) {
        requireOperand(operand);
        return derivative(ContractionTerm.of(spec).jacobian(operand));
    }

    /**
     * The second derivative of a scalar with respect to two operands, a contraction of all others. Its indices are the
     * indices of the first operand followed by the indices of the second.
     *
     * @throws IllegalArgumentException if the output is not a scalar, or {@code first} equals {@code second}, because a
     *     contraction is linear in each operand
     */
    public Einsum hessian(int first, int second) {
        requireScalar();
        requireOperand(first);
        requireOperand(second);
        if (first == second) {
            throw new IllegalArgumentException(Excerpt.of(spec) + " is linear in operand " + first
                    + ", so its second derivative is 0\n  expected two different operands"
                    + "\n  fix: use withRespectTo(...).hessian() for a variable that occurs at several operands");
        }
        return derivative(ContractionTerm.of(spec).hessian(first, second));
    }

    /**
     * A variable that occurs as the given operands, such as the vector that is operands 0 and 2 of {@code i,ij,j->}.
     * Its gradient is the sum of the gradients with respect to these operands.
     *
     * @throws IllegalArgumentException if an operand does not exist or is given twice, or if the ranks of the operands
     *     differ
     */
    public ContractionVariable withRespectTo(int... operands) {
        return new ContractionVariable(this, operands);
    }

    private Einsum derivative(ContractionTerm term) {
        return of(term.spec()).withSizes(term.sizes(given));
    }

    void requireOperand(int operand) {
        if (operand < 0 || operand >= spec.operands().size()) {
            throw new IndexOutOfBoundsException(Excerpt.of(spec) + " has no operand " + operand + "\n  expected 0 to "
                    + (spec.operands().size() - 1));
        }
    }

    void requireScalar() {
        if (!spec.output().isEmpty()) {
            throw new IllegalArgumentException(
                    Excerpt.of(spec) + " has no Hessian: its output has the indices \"" + spec.output()
                            + "\"\n  expected a scalar, as in i,ij,j->"
                            + "\n  fix: use gradient(...).jacobian(...), or a contraction that sums the output");
        }
    }

    /** The notation that {@link #of(String)} reads. */
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
