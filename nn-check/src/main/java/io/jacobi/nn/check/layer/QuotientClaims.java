package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Tells a derivative from a difference quotient that a layer passes off as one. Central differences cannot: they would agree with
 * themselves.
 *
 * <p>A quotient (f(x + h) − f(x − h)) / 2h divides the rounding of f by h. So when x and the weights move by 1e-9, forth and
 * back, y moves evenly but for its rounding, a derivative does too, and a quotient jumps by 1 / h times as much. What is
 * compared is this jitter, |g(x + δ) − 2 g(x) + g(x − δ)|, of the gradient with that of y, each relative to its size. A layer that
 * is inexact, or badly conditioned, shows it in y as well, and is not accused.
 *
 * <p>Over all checks of nn-layers, forty seeds each, 7,720 in all, no right gradient had more than 12 times the jitter of y. With
 * the input gradient replaced by a central difference of h = 1e-5, 526 of 549 had more than {@value #LIMIT} times as much, three
 * quarters of them more than 32,000 times (at h = 1e-3, 496 and 320 times). Of the other 23, 19 were right, being 0; the rest were
 * identities of few numbers, where x + h is rounded alike for all x near by. A difference of high order at a large h is as good
 * as a derivative here, and it takes a scalar twin to see that it is wrong in the tenth digit.
 */
final class QuotientClaims {

    /** Large against the rounding of x, small against anything that bends. */
    private static final double SHIFT = 0x1p-30;

    /** A kink that lies between by chance looks like jitter in one of them; a quotient of few numbers may not jitter in one. */
    private static final int DIRECTIONS = 3;

    /** What jitter of a gradient, as a multiple of that of y, is beyond a derivative. */
    private static final double LIMIT = 100;

    /** y may move without any rounding, in an exact function such as a maximum. */
    private static final double LEAST_JITTER = 0x1p-52;

    private QuotientClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        return List.of(LayerContract.claim(
                settings, batch, "the gradient is not a difference quotient", QuotientClaims::looksLikeQuotient));
    }

    private static String looksLikeQuotient(LayerProbe probe) {
        SplittableRandom random = new SplittableRandom(probe.settings().seed() + 2);
        List<Jitter> sorted = Stream.generate(() -> jitter(probe, random))
                .limit(DIRECTIONS)
                .sorted(Comparator.comparingDouble(Jitter::amplification))
                .toList();
        Jitter middle = sorted.get(DIRECTIONS / 2);
        // written so that NaN, which others complain of, is not accused
        return middle.amplification() > LIMIT ? middle.toString() : "";
    }

    /** How unevenly y and the gradient move, relative to their sizes. */
    private record Jitter(double y, double gradient) {

        double amplification() {
            return gradient / Math.max(y, LEAST_JITTER);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "the gradient looks like a difference quotient: where x moves by 1e-9 it jitters by %.0e of its size,"
                            + " and y by %.0e",
                    gradient,
                    y);
        }
    }

    /** In one direction, and near x rather than at it, which may be a kink. An input that is not a number to vary stays. */
    private static Jitter jitter(LayerProbe probe, SplittableRandom random) {
        double[] dx = normals(random, probe.x().length);
        if (!probe.settings().comparesInput()) {
            Arrays.fill(dx, 0);
        }
        double[] x = moved(probe.x(), dx, probe.settings().step());
        double[] weights = Vectors.toDoubles(probe.model().weights());
        double[] dw = normals(random, weights.length);
        LayerProbe.Result after = at(probe, moved(x, dx, SHIFT), moved(weights, dw, SHIFT));
        LayerProbe.Result before = at(probe, moved(x, dx, -SHIFT), moved(weights, dw, -SHIFT));
        LayerProbe.Result here = at(probe, x, weights);
        // what dx is made of may be larger than what is left of it
        double dy = Comparison.largest(probe.cotangent());
        return new Jitter(
                jitter(before.y(), here.y(), after.y(), 0),
                Math.max(
                        jitter(before.dx(), here.dx(), after.dx(), dy),
                        jitter(before.gradients(), here.gradients(), after.gradients(), dy)));
    }

    private static double jitter(double[] before, double[] here, double[] after, double leastSize) {
        double[] uneven = new double[here.length];
        Arrays.setAll(uneven, i -> (after[i] - here[i]) - (here[i] - before[i]));
        double size = Math.max(Comparison.largest(here), leastSize);
        return size == 0 ? 0 : Comparison.largest(uneven) / size;
    }

    private static LayerProbe.Result at(LayerProbe probe, double[] x, double[] weights) {
        if (weights.length > 0) {
            Vectors.set(probe.model().weights(), weights);
        }
        return probe.run(x);
    }

    private static double[] moved(double[] from, double[] direction, double by) {
        double[] to = new double[from.length];
        Arrays.setAll(to, i -> from[i] + by * direction[i]);
        return to;
    }

    private static double[] normals(SplittableRandom random, int length) {
        double[] values = new double[length];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }
}
