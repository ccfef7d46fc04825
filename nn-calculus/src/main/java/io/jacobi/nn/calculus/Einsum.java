package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sum of products in index notation: {@code C_ik = Σ_j A_ij B_jk} is {@code ij,jk->ik}. Whatever index is not in the output is
 * summed.
 *
 * <pre>{@code
 * Einsum product = Einsum.of("ij,jk->ik");
 * INDArray c = product.evaluate(a, b);
 * product.gradient(0);                       // ik,jk->ij: of the cotangent and the second factor
 * }</pre>
 *
 * Any number of operands of any rank: an index may be in many operands, twice in one (a diagonal, or a trace if it is summed), or in
 * one alone. Sizes must agree exactly: nothing is repeated along a dimension of 1, as gradients of that would be others. A dimension of
 * 0 is an empty sum. Notation with deltas and ones: {@link ContractionSpec}.
 *
 * <p>Instances do not change, and any number of threads may use one. From the second evaluation for operands of the same shapes
 * on, the memory for copies and intermediate results is kept for the next: never more than {@link #explain} tells for each thread, and
 * none beyond 2^23 numbers. More: docs/einsum.md.
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

    /** The same with those of these sizes that only constants have. */
    Einsum withSizes(Map<Character, Long> sizes) {
        Map<Character, Long> needed = new LinkedHashMap<>(sizes);
        needed.keySet().removeIf(index -> !Indices.has(spec.constantIndices(), index));
        return new Einsum(spec, needed);
    }

    /**
     * The shape of the result for operands of these shapes.
     *
     * @throws io.jacobi.nn.ShapeException if they do not fit; the message names the index and both sizes
     */
    public long[] shape(long[]... shapes) {
        return sizes(Arrays.asList(shapes)).shape(spec.output());
    }

    /**
     * How operands of these shapes would be contracted: the steps in their order, how many multiplications they take, and how many
     * numbers are kept at once besides the operands, the result included.
     *
     * @throws io.jacobi.nn.ShapeException if they do not fit
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
     * Its value: a new dense array, the caller's to close. A result without indices is a scalar, rank 0.
     *
     * @param operands FLOAT or DOUBLE, all of one type; views and transposes too. Without operands the result is DOUBLE
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit; the message names the index and both sizes
     * @throws IllegalArgumentException if the types do not fit
     */
    public INDArray evaluate(INDArray... operands) {
        return evaluate(Operands.type(spec, operands), operands);
    }

    INDArray evaluate(DataType type, INDArray... operands) {
        ReadyContraction way = ready(operands);
        INDArray output = Memory.array(type, way.outputShape());
        way.run(output, operands);
        return output;
    }

    /** The last one if the shapes are the same, as they are in a loop: to plan takes longer than a small product. */
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
     * Its value into an array that is there already, whatever it holds.
     *
     * @param output dense, of the shape and type of the result, and none of the operands
     * @param operands as for {@link #evaluate}
     * @throws io.jacobi.nn.ShapeException if the shapes do not fit
     * @throws IllegalArgumentException if the types do not fit
     */
    public void evaluateInto(INDArray output, INDArray... operands) {
        ReadyContraction way = ready(operands);
        Operands.requireOutput(spec, way.outputShape(), Operands.type(spec, operands), output);
        way.run(output, operands);
    }

    private ContractionSizes sizes(List<long[]> shapes) {
        return ContractionSizes.of(spec, given, shapes);
    }

    /** The sizes that these operands have, which may be more than those of this contraction. */
    ContractionSizes sizes(ContractionSpec more, List<long[]> shapes) {
        return ContractionSizes.of(more, given, shapes);
    }

    /**
     * The gradient with respect to one operand, a contraction again: of the cotangent dy, which has the shape of the output, and then
     * of all other operands. If the output is a scalar there is no dy, as it would be 1: the gradient of {@code i,ij,j->} by its matrix
     * is {@code i,j->ij}.
     *
     * <p>Where only constants have an index, as in {@code 1i->i}, the gradient of {@code i->}, its size has to be given by
     * {@link #withSize}; {@link #withRespectTo} does that.
     *
     * @param operand its number, from 0
     */
    public Einsum gradient(int operand) {
        requireOperand(operand);
        return derivative(ContractionTerm.of(spec).gradient(operand));
    }

    /**
     * The derivative of each element of the output by each of one operand, a contraction of the other operands. Its indices are those of
     * the output, then those of the operand.
     *
     * @param operand its number, from 0
     */
    public Einsum jacobian(int operand) {
        requireOperand(operand);
        return derivative(ContractionTerm.of(spec).jacobian(operand));
    }

    /**
     * The second derivative of a scalar by two operands, a contraction of all others. Its indices are those of the first, then those of
     * the second.
     *
     * @throws IllegalArgumentException if the output is no scalar, or both are one operand, in which the contraction is linear
     */
    public Einsum hessian(int first, int second) {
        requireScalar();
        requireOperand(first);
        requireOperand(second);
        if (first == second) {
            throw new IllegalArgumentException(spec + " is linear in operand " + first
                    + ", so that its second derivative is 0\n  expected two different operands"
                    + "\n  fix: withRespectTo(...).hessian() for a variable at several operands");
        }
        return derivative(ContractionTerm.of(spec).hessian(first, second));
    }

    /**
     * A variable that stands at these operands, such as the vector at 0 and 2 of {@code i,ij,j->}: its gradient is the sum of theirs.
     *
     * @throws IllegalArgumentException if there is no such operand, one comes twice, or their ranks differ
     */
    public ContractionVariable withRespectTo(int... operands) {
        return new ContractionVariable(this, operands);
    }

    private Einsum derivative(ContractionTerm term) {
        return of(term.spec()).withSizes(term.sizes(given));
    }

    void requireOperand(int operand) {
        if (operand < 0 || operand >= spec.operands().size()) {
            throw new IndexOutOfBoundsException(spec + " has no operand " + operand + "\n  expected 0 to "
                    + (spec.operands().size() - 1));
        }
    }

    void requireScalar() {
        if (!spec.output().isEmpty()) {
            throw new IllegalArgumentException(spec + " has no Hessian: its output has the indices \"" + spec.output()
                    + "\"\n  expected a scalar, as of i,ij,j->"
                    + "\n  fix: gradient(...).jacobian(...), or a contraction that sums the output");
        }
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
