package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Indices;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Simplifier;
import io.jacobi.nn.calculus.expression.Sum;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Prints sums: with minus signs, and without ones that only repeat a term along an index. */
final class Sums {

    private Sums() {}

    static Text print(Sum sum, Function<Expression, Text> printer, Style style, boolean leaveOut) {
        StringBuilder text = new StringBuilder();
        for (Expression term : plusFirst(leaveOut ? withoutOnes(sum.terms()) : sum.terms())) {
            boolean minus = isNegative(term);
            Expression positive = minus ? Simplifier.simplify(term.times(-1)) : term;
            String sign = text.isEmpty() ? (minus ? "-" : "") : minus ? " - " : " + ";
            text.append(sign).append(printer.apply(positive).within(Text.Binding.PRODUCT, style));
        }
        return new Text(text.toString(), Text.Binding.SUM);
    }

    private static boolean isNegative(Expression term) {
        return (term instanceof Contraction product && product.scale() < 0)
                || (term instanceof Constant constant && constant.value() < 0);
    }

    /** Moves a positive term to the front: b - a for -a + b. */
    private static List<Expression> plusFirst(List<Expression> terms) {
        Optional<Expression> positive =
                terms.stream().filter(term -> !isNegative(term)).findFirst();
        if (!isNegative(terms.get(0)) || positive.isEmpty()) {
            return terms;
        }
        List<Expression> ordered = new ArrayList<>(terms);
        ordered.remove(positive.get());
        ordered.add(0, positive.get());
        return ordered;
    }

    /** The terms without ones whose index another term has from a factor that is not ones. */
    private static List<Expression> withoutOnes(List<Expression> terms) {
        Set<Index> carried = new HashSet<>();
        for (Expression term : terms) {
            carried.addAll(Indices.of(factors(term, factor -> !(factor instanceof Ones))));
        }
        return terms.stream().map(term -> withoutOnes(term, carried)).toList();
    }

    private static Expression withoutOnes(Expression term, Set<Index> carried) {
        List<Expression> left =
                factors(term, factor -> !(factor instanceof Ones ones && carried.contains(ones.index())));
        double scale = term instanceof Contraction product ? product.scale() : 1;
        if (left.isEmpty()) {
            return Expression.constant(scale);
        }
        if (!(term instanceof Contraction product)) {
            return term;
        }
        Set<Index> free = new LinkedHashSet<>(product.indices());
        free.retainAll(Indices.of(left));
        return new Contraction(scale, left, free);
    }

    private static List<Expression> factors(Expression term, Predicate<Expression> which) {
        List<Expression> factors =
                new ArrayList<>(term instanceof Contraction product ? product.factors() : List.of(term));
        factors.removeIf(which.negate());
        return factors;
    }
}
