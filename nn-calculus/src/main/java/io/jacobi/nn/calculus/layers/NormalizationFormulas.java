package io.jacobi.nn.calculus.layers;

import static io.jacobi.nn.calculus.expression.Expression.size;
import static io.jacobi.nn.calculus.expression.Expression.variable;

import io.jacobi.nn.calculus.expression.Abbreviation;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import java.util.List;
import java.util.stream.Stream;

/** Normalization to mean 0 and variance 1 over some axes, followed by a scale γ and a shift β. */
final class NormalizationFormulas {

    private static final Index N = Index.of("n");
    private static final Index I = Index.of("i");
    private static final Index C = Index.of("c");
    private static final Index P = Index.of("p");

    private NormalizationFormulas() {}

    /** Normalizes each row of X [batch, features]. */
    static LayerFormula layerNorm() {
        Index[] axes = {N, I};
        Statistics rows = new Statistics(variable("X", axes), List.of(N), size("X", 1), I);
        Expression g = variable("gamma", I).times(variable("dY", axes));
        return LayerFormula.of("LayerNorm", rows.scaledAndShifted(I), axes)
                .by("X", "gamma", "beta")
                .where(rows.names(axes, new Abbreviation("g", List.of(axes), g)));
    }

    /** Normalizes each channel of X [batch, channels, positions] over the batch and all positions. */
    static LayerFormula batchNorm() {
        Index[] axes = {N, C, P};
        Expression count = size("X", 0).times(size("X", 2));
        Statistics channels = new Statistics(variable("X", axes), List.of(C), count, N, P);
        return LayerFormula.of("BatchNorm", channels.scaledAndShifted(C), axes)
                .by("X", "gamma", "beta")
                .where(channels.names(axes));
    }

    /** Statistics of x {@code over} some indices, for each value of the indices in {@code group}. */
    private static final class Statistics {

        private final List<Index> group;
        private final Index[] over;
        private final Expression count;
        private final Expression mean;
        private final Expression deviation;
        private final Expression normalized;

        Statistics(Expression x, List<Index> group, Expression count, Index... over) {
            this.group = group;
            this.over = over;
            this.count = count;
            mean = x.sum(over).over(count);
            Expression variance = x.minus(mean).power(2).sum(over).over(count);
            deviation = variance.plus(variable("epsilon")).power(0.5);
            normalized = x.minus(mean).over(deviation);
        }

        Expression scaledAndShifted(Index parameter) {
            return variable("gamma", parameter).times(normalized).plus(variable("beta", parameter));
        }

        /** Names M, μ, s and x̂, and then a and b, the means of the gradient and of the gradient times x̂. */
        Abbreviation[] names(Index[] axes, Abbreviation... gradient) {
            Expression dy = gradient.length == 0 ? variable("dY", axes) : gradient[0].meaning();
            return Stream.of(
                            Stream.of(
                                    new Abbreviation("M", List.of(), count),
                                    new Abbreviation("mu", group, mean),
                                    new Abbreviation("s", group, deviation),
                                    new Abbreviation("xhat", List.of(axes), normalized)),
                            Stream.of(gradient),
                            Stream.of(
                                    new Abbreviation("a", group, dy.sum(over).over(count)),
                                    new Abbreviation(
                                            "b",
                                            group,
                                            dy.times(normalized).sum(over).over(count))))
                    .flatMap(names -> names)
                    .toArray(Abbreviation[]::new);
        }
    }
}
