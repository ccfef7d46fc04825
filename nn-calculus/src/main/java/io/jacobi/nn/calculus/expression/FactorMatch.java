package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds an abbreviated product, or its inverse, among the factors of another: x̂_ni = c_ni s_n⁻¹ in c_ki c_kj s_k⁻³.
 */
final class FactorMatch {

    private final Abbreviation abbreviation;
    private final Contraction expected;
    private final Contraction product;
    /** 1, or −1 to search for the inverse. */
    private final int sign;

    FactorMatch(Abbreviation abbreviation, Contraction product) {
        this(abbreviation, product, 1);
    }

    private FactorMatch(Abbreviation abbreviation, Contraction product, int sign) {
        this.abbreviation = abbreviation;
        this.expected = LikeTerms.wrap(abbreviation.meaning());
        this.product = product;
        this.sign = sign;
    }

    /** The product with one occurrence of the meaning replaced by the name; empty if the meaning does not occur. */
    Optional<Contraction> replaced() {
        if (expected.factors().isEmpty()) {
            return Optional.empty();
        }
        Optional<Contraction> found = match(0, Map.of(), product.factors());
        boolean invertible = sign == 1 && expected.summed().isEmpty();
        return found.isEmpty() && invertible ? new FactorMatch(abbreviation, product, -1).replaced() : found;
    }

    /** Matches the factors of the meaning from {@code at} on with the factors in {@code left}. */
    private Optional<Contraction> match(int at, Map<Index, Index> names, List<Expression> left) {
        if (at == expected.factors().size()) {
            return written(names, left);
        }
        Expression factor = expected.factors().get(at);
        return IntStream.range(0, left.size())
                .boxed()
                .filter(position -> isPart(factor, left.get(position)))
                .flatMap(position -> Matches.extending(names, Powers.base(factor), Powers.base(left.get(position)))
                        .flatMap(more -> match(at + 1, more, without(left, position, factor)).stream()))
                .findFirst();
    }

    /**
     * Whether {@code found} contains {@code factor}. A factor with a summed index must match completely; any other may
     * be part of a power: s⁻¹ in s⁻³.
     */
    private boolean isPart(Expression factor, Expression found) {
        double times = Powers.exponent(found) / (sign * Powers.exponent(factor));
        boolean summed = factor.indices().stream().anyMatch(expected.summed()::contains);
        return summed ? times == 1 : times >= 1;
    }

    private List<Expression> without(List<Expression> factors, int position, Expression part) {
        List<Expression> left = new ArrayList<>(factors);
        Expression found = left.remove(position);
        double exponent = Powers.exponent(found) - sign * Powers.exponent(part);
        if (exponent != 0) {
            left.add(position, Powers.raise(Powers.base(found), exponent));
        }
        return left;
    }

    private Optional<Contraction> written(Map<Index, Index> names, List<Expression> left) {
        Set<Index> outside = new HashSet<>(product.indices());
        outside.addAll(Indices.of(left));
        boolean closed = expected.summed().stream()
                .noneMatch(index -> outside.contains(Objects.requireNonNull(names.get(index))));
        if (!closed) {
            return Optional.empty();
        }
        List<Expression> factors = new ArrayList<>(left);
        factors.add(Powers.raise(Renaming.rename(abbreviation.variable(), names), sign));
        double scale = product.scale() / Math.pow(expected.scale(), sign);
        return Optional.of(new Contraction(scale, factors, product.indices()));
    }
}
