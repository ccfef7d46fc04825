package io.jacobi.nn.files.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts with a fixed number of features and no vocabulary: each word counts in the feature that its hash
 * chooses, so two words may share one (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning").
 * The weights are those of {@link WordsEncoding}.
 *
 * @param buckets the number of features
 */
public record HashEncoding(String column, int buckets) implements ColumnEncoding {

    public HashEncoding {
        if (buckets < 1) {
            throw new IllegalArgumentException("Column " + TableException.quote(column) + " has " + buckets
                    + " buckets for its words\n  expected at least 1");
        }
    }

    @Override
    public List<String> features() {
        return IntStream.range(0, buckets).mapToObj(i -> column + " #" + i).toList();
    }

    @Override
    public int width() {
        return buckets;
    }

    @Override
    public int codes() {
        return buckets;
    }

    /** The feature of a word. String.hashCode is specified; the mixing is the finalizer of MurmurHash3 (Appleby). */
    static int bucket(String word, int buckets) {
        int h = word.hashCode();
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(h ^ (h >>> 16), buckets);
    }

    @Override
    public CellEncoder encoder() {
        return new CellEncoder() {
            @Override
            public void encode(@Nullable Object cell, float[] codes, int at) {
                Arrays.fill(codes, at, at + buckets, 0);
                if (cell != null) {
                    Words.forEach(Cell.text(cell), word -> codes[at + bucket(word, buckets)]++);
                    Words.normalize(codes, at, buckets);
                }
            }

            @Override
            public void expand(float[] codes, int from, float[] features, int to) {
                System.arraycopy(codes, from, features, to, buckets);
            }
        };
    }
}
