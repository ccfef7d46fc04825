package io.jacobi.nn.data;

import io.jacobi.nn.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Divides a data set into mini-batches. The order is a function of the seed and of the epoch, so that a resumed run
 * sees the examples in the order in which an uninterrupted run sees them. If the batch size does not divide the number
 * of examples, the last batch is short; it is used, not dropped.
 */
public final class Batches {

    private final Dataset data;
    private final int batchSize;
    private final Optional<Long> seed;
    private final int[] rows;

    private Batches(Dataset data, int batchSize, Optional<Long> seed, int[] rows) {
        this.data = data;
        this.batchSize = batchSize;
        this.seed = seed;
        this.rows = rows;
    }

    private static Batches of(Dataset data, int batchSize, Optional<Long> seed) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("The batch size is " + batchSize + "\n  expected at least 1");
        }
        if (data.size() < 1) {
            throw new IllegalArgumentException("The data set is empty\n  expected at least one example");
        }
        return new Batches(data, batchSize, seed, ascending(data.size()));
    }

    /** Returns batches in another order in each epoch. */
    public static Batches shuffled(Dataset data, int batchSize, long seed) {
        return of(data, batchSize, Optional.of(seed));
    }

    /** Returns batches in the order of the data set. */
    public static Batches inOrder(Dataset data, int batchSize) {
        return of(data, batchSize, Optional.empty());
    }

    /**
     * Returns batches of some examples only, as if the data set had no others.
     *
     * @param examples the indices of these examples in the data set
     * @throws IllegalArgumentException if there are none
     */
    public Batches only(int... examples) {
        if (examples.length == 0) {
            throw new IllegalArgumentException(
                    "No example of the data set counts: each has the weight 0, or a target that"
                            + " the loss ignores\n  expected at least one that counts"
                            + "\n  fix: check the weights, and the index that the loss ignores");
        }
        return new Batches(data, batchSize, seed, examples.clone());
    }

    /** The number of batches in an epoch. */
    public int count() {
        return (rows.length + batchSize - 1) / batchSize;
    }

    /** Returns the batches of this epoch; epochs are counted from 0. */
    public List<Batch> epoch(long epoch) {
        int[] order = rows.clone();
        seed.ifPresent(s -> shuffle(order, new SplittableRandom(Seeds.derive(s, Seeds.Purpose.SHUFFLE, 0, epoch))));
        List<Batch> batches = new ArrayList<>(count());
        for (int from = 0; from < order.length; from += batchSize) {
            batches.add(new Batch(data, order, from, Math.min(batchSize, order.length - from)));
        }
        return batches;
    }

    static int[] ascending(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    /** The shuffle of Fisher and Yates: every order is equally likely. */
    static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
