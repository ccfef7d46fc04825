package io.jacobi.nn.calculus;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The matrix product that multiplies two arrays. Every index belongs to one class:
 *
 * <pre>
 * batch       in both and in the result     one product for each value
 * rows        in the first and the result   m
 * columns     in the second and the result  n
 * contracted  in both alone                 k, the summed size
 * </pre>
 *
 * The indices of a class form one dimension if one stride steps through all of them, in an order that both arrays
 * share. Otherwise the array is copied first. The order of the indices is chosen so that the fewest elements are
 * copied.
 */
final class PairLayout {

    /** Below this number of multiplications a call of BLAS costs more than the multiplications. */
    private static final long SMALL = 16;

    final String batch;
    final String rows;
    final String columns;
    final String contracted;
    final boolean copiesLeft;
    final boolean copiesRight;
    final boolean copiesResult;

    private final long copied;
    private final long m;
    private final long n;
    private final long k;
    private final long count;

    private PairLayout(
            IndexLayout a,
            IndexLayout b,
            @Nullable IndexLayout target,
            String batch,
            String rows,
            String columns,
            String contracted) {
        this.batch = batch;
        this.rows = rows;
        this.columns = columns;
        this.contracted = contracted;
        this.m = a.length(rows);
        this.n = b.length(columns);
        this.k = a.length(contracted);
        this.count = a.length(batch);
        this.copiesLeft = a.place(rows, contracted) == null;
        this.copiesRight = b.place(contracted, columns) == null;
        this.copiesResult = target != null && target.place(rows, columns) == null;
        this.copied = isElementwise()
                ? 0
                : (copiesLeft ? a.length() : 0)
                        + (copiesRight ? b.length() : 0)
                        + (target != null && copiesResult ? target.length() : 0);
    }

    /**
     * The layout that copies the fewest elements.
     *
     * @param result the indices of the result
     * @param target the layout that the result must have; if null, the result is dense, in the order of
     *     {@link #resultIndices}
     */
    static PairLayout of(IndexLayout a, IndexLayout b, String result, @Nullable IndexLayout target) {
        String common = Indices.common(a.indices(), b.indices());
        String batch = Indices.common(common, result);
        String rows = Indices.without(a.indices(), common);
        String columns = Indices.without(b.indices(), common);
        String contracted = Indices.without(common, result);
        IndexLayout c = target == null ? a : target;
        PairLayout best = null;
        for (String someRows : orders(rows, a, target)) {
            for (String someColumns : orders(columns, b, target)) {
                for (String summed : orders(contracted, a, b)) {
                    PairLayout layout =
                            new PairLayout(a, b, target, c.slowestFirst(batch), someRows, someColumns, summed);
                    if (best == null || layout.copied < best.copied) {
                        best = layout;
                    }
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    private static Iterable<String> orders(String group, IndexLayout one, @Nullable IndexLayout other) {
        return new LinkedHashSet<>(List.of(one.slowestFirst(group), (other == null ? one : other).slowestFirst(group)));
    }

    /** The indices of the result if its layout is free: batch, rows, columns. */
    String resultIndices() {
        return batch + rows + columns;
    }

    /** Whether loops multiply the arrays, because the matrices would be single numbers or hardly larger. */
    boolean isElementwise() {
        int ones = (m == 1 ? 1 : 0) + (n == 1 ? 1 : 0) + (k == 1 ? 1 : 0);
        return ones >= 2 || Saturated.times(m, Saturated.times(n, k)) < SMALL;
    }

    /** The number of elements that are copied before or after the product. */
    long copied() {
        return copied;
    }

    long k() {
        return k;
    }

    /** The kind of product, such as {@code 32 products of matrices 4 x 5 x 6}. */
    @Override
    public String toString() {
        String copies = copied == 0 ? "" : " after copying " + String.format(Locale.ROOT, "%,d", copied) + " numbers";
        String times = " x ";
        return isElementwise()
                ? "element by element"
                : count + (count == 1 ? " product" : " products") + " of matrices " + m + times + k + times + n
                        + copies;
    }
}
