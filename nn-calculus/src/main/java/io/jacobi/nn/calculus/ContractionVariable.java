package io.jacobi.nn.calculus;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.calculus.expression.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A variable that occurs at one operand or several operands of a contraction: the x of xᵀ A x is at 0 and 2 of
 * {@code i,ij,j->}. By the product rule its derivatives are sums with one term for each occurrence. Created by
 * {@link Einsum#withRespectTo}.
 */
public final class ContractionVariable {

    private final Einsum einsum;
    private final int[] places;

    ContractionVariable(Einsum einsum, int... places) {
        this.einsum = einsum;
        this.places = places.clone();
        long distinct = Arrays.stream(places).distinct().count();
        if (places.length == 0 || distinct < places.length) {
            throw new IllegalArgumentException(einsum + ": a variable cannot be at the operands "
                    + Arrays.toString(places) + "\n  expected at least one operand, and each once");
        }
        for (int place : places) {
            einsum.requireOperand(place);
            if (operand(place).length() != operand(places[0]).length()) {
                throw new IllegalArgumentException(einsum + ": operands " + places[0] + " and " + place
                        + " cannot be one variable: their ranks differ\n  expected rank "
                        + operand(places[0]).length() + ", as in \"" + operand(places[0]) + "\"");
            }
        }
    }

    private String operand(int place) {
        return einsum.spec().operands().get(place);
    }

    /**
     * The gradient, in the shape of the variable, of the cotangent (unless the output is a scalar) and all operands.
     */
    public ContractionSum gradient() {
        ContractionTerm term = ContractionTerm.of(einsum.spec());
        List<ContractionTerm> terms =
                Arrays.stream(places).mapToObj(term::gradient).toList();
        ContractionSpec spec = einsum.spec();
        List<String> given = new ArrayList<>(spec.operands());
        if (!spec.output().isEmpty()) {
            given.add(0, spec.output());
        }
        return sum(new ContractionSpec(given, spec.deltas(), spec.ones(), spec.output()), operand(places[0]), terms);
    }

    /** The Jacobian, of all operands. Its shape is the shape of the output followed by the shape of the variable. */
    public ContractionSum jacobian() {
        ContractionTerm term = ContractionTerm.of(einsum.spec());
        List<ContractionTerm> terms =
                Arrays.stream(places).mapToObj(term::jacobian).toList();
        return sum(einsum.spec(), einsum.spec().output() + operand(places[0]), terms);
    }

    /**
     * The Hessian of a scalar, of all operands. Its shape is the shape of the variable, twice. For a variable that
     * occurs once it is 0, because a contraction is linear in each operand.
     *
     * @throws IllegalArgumentException if the output is not a scalar
     */
    public ContractionSum hessian() {
        einsum.requireScalar();
        ContractionTerm term = ContractionTerm.of(einsum.spec());
        List<ContractionTerm> terms = new ArrayList<>();
        for (int row : places) {
            for (int column : places) {
                if (row != column) {
                    terms.add(term.hessian(row, column));
                }
            }
        }
        return sum(einsum.spec(), operand(places[0]) + operand(places[0]), terms);
    }

    private ContractionSum sum(ContractionSpec given, String shape, List<ContractionTerm> terms) {
        return new ContractionSum(given, einsum, places, shape, terms);
    }

    static void requireOneShape(ContractionSpec spec, int first, INDArray one, int other, INDArray two) {
        if (!Arrays.equals(one.shape(), two.shape())) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": operands " + first + " and " + other
                            + " are one variable, but their shapes differ",
                    Arrays.toString(one.shape()) + ", as operand " + first,
                    Arrays.toString(two.shape()) + " for operand " + other,
                    "give the same array for both");
        }
    }
}
