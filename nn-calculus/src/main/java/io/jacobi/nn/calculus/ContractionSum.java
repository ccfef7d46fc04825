package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sum of contractions of the same list of operands. The derivative with respect to a variable that occurs at several
 * operands is such a sum: for {@code i,ij,j->} and the vector at 0 and 2 it is
 * {@code ij,j->i of (1, 0) + j,ji->i of (0, 1)}, which is A x + Aᵀ x. Created by {@link ContractionVariable}.
 */
public final class ContractionSum {

    private final ContractionSpec given;
    private final Einsum einsum;
    private final int[] variable;
    private final String shape;
    private final Map<ContractionTerm, Integer> terms;

    /**
     * @param given the operands that the sum is evaluated with, the cotangent first if there is one
     * @param einsum the contraction that is differentiated
     * @param variable the operands at which the variable occurs
     * @param shape the indices, of the original contraction, whose sizes make the shape
     */
    ContractionSum(ContractionSpec given, Einsum einsum, int[] variable, String shape, List<ContractionTerm> terms) {
        this.given = given;
        this.einsum = einsum;
        this.variable = variable;
        this.shape = shape;
        this.terms = new LinkedHashMap<>();
        for (ContractionTerm term : terms) {
            ContractionTerm like = terms.get(0).spec().output().isEmpty()
                    ? term
                    : term.aligned(terms.get(0).spec().output());
            this.terms.merge(collected(like), 1, Integer::sum);
        }
    }

    /** Replaces every operand at which the variable occurs by the first of them. */
    private ContractionTerm collected(ContractionTerm term) {
        List<Integer> operands = term.operands().stream()
                .map(k -> Arrays.stream(variable).anyMatch(v -> v == k) ? variable[0] : k)
                .toList();
        return new ContractionTerm(term.spec(), operands, term.origin());
    }

    /** The contractions that are added; equal ones are listed once. */
    public List<Einsum> terms() {
        return terms.keySet().stream().map(term -> Einsum.of(term.spec())).toList();
    }

    /**
     * Evaluates the sum into a new array.
     *
     * @param operands all operands of the original contraction, with the variable at each of its places; the cotangent
     *     comes first if this is the gradient of a contraction whose output is not a scalar
     * @throws io.jacobi.nn.ShapeException if shapes do not fit
     */
    public INDArray evaluate(INDArray... operands) {
        ContractionSizes sizes = einsum.sizes(given, Operands.shapes(operands));
        int first = operands.length - einsum.spec().operands().size();
        for (int k : variable) {
            ContractionVariable.requireOneShape(
                    einsum.spec(), variable[0], operands[first + variable[0]], k, operands[first + k]);
        }
        INDArray sum = Memory.array(Operands.type(einsum.spec(), operands), sizes.shape(shape));
        if (sum.isEmpty()) {
            return sum;
        }
        Scratch s = new Scratch();
        terms.forEach((term, count) -> {
            INDArray[] factors = term.operands().stream()
                    .map(k -> operands[k == ContractionTerm.COTANGENT ? 0 : first + k])
                    .toArray(INDArray[]::new);
            Einsum part = Einsum.of(term.spec()).withSizes(term.sizes(sizes.all()));
            try (INDArray value = part.evaluate(sum.dataType(), factors)) {
                Vectors.addScaled(s, count, value, sum);
            }
        });
        return sum;
    }

    /**
     * {@code ij,j->i of (1, 0) + j,ji->i of (0, 1)}: each contraction with the numbers of its operands, counted from 0;
     * dy is the cotangent.
     */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        terms.forEach((term, count) -> parts.add((count == 1 ? "" : count + " · ") + term));
        return parts.isEmpty() ? "0" : parts.stream().collect(Collectors.joining(" + "));
    }
}
