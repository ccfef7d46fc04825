package io.jacobi.nn.data;

import io.jacobi.nn.Seeds;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Divides the examples of a data set into two parts. */
final class Splitting {

    private static final int CHUNK = 256;

    /** Batches are group 0, so that an order of a split says nothing about an order of an epoch. */
    private static final int SEED_GROUP = 1;

    private Splitting() {}

    static Subset shuffled(Dataset data, long seed) {
        int[] order = Batches.ascending(data.size());
        Batches.shuffle(order, random(seed, 0));
        return data.rows(order);
    }

    private static SplittableRandom random(long seed, long index) {
        return new SplittableRandom(Seeds.derive(seed, Seeds.Purpose.SHUFFLE, SEED_GROUP, index));
    }

    static Split inOrder(Dataset data, double share) {
        int size = data.size();
        int first = part(share, size);
        if (first == 0 || first == size) {
            throw new IllegalArgumentException("A share of " + share + " of " + size + " examples is " + first
                    + ", and leaves " + (size - first) + "\n  expected at least one example in each part"
                    + "\n  fix: another share, or more examples");
        }
        int[] rows = Batches.ascending(size);
        return new Split(data.rows(Arrays.copyOf(rows, first)), data.rows(Arrays.copyOfRange(rows, first, size)));
    }

    /** Returns how many of {@code size} the share is, rounded. */
    private static int part(double share, int size) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "The share of the first part is " + share + "\n  expected a number between 0 and 1, such as 0.8");
        }
        return (int) Math.round(share * size);
    }

    static Split stratified(Dataset data, double share, long seed) {
        List<List<Double>> targets = targets(data);
        boolean[] inFirst = new boolean[data.size()];
        int stratum = 0;
        for (Map.Entry<List<Double>, List<Integer>> entry :
                grouped(targets::get, data.size()).entrySet()) {
            List<Integer> examples = entry.getValue();
            if (examples.size() == 1) {
                throw new IllegalArgumentException("Example " + examples.get(0) + " alone has the target "
                        + (entry.getKey().size() == 1 ? entry.getKey().get(0) : entry.getKey())
                        + ", so it cannot be in both parts\n  expected at least two examples of each class"
                        + "\n  fix: leave the class out, or use data.shuffled(seed).split(share), as for regression");
            }
            // at least one in each part
            int first = Math.min(Math.max(part(share, examples.size()), 1), examples.size() - 1);
            choose(examples, first, random(seed, stratum++), inFirst);
        }
        return split(data, inFirst);
    }

    static Split byGroup(Dataset data, double share, int[] groups, long seed) {
        if (groups.length != data.size()) {
            throw new IllegalArgumentException("There are " + groups.length + " group numbers for " + data.size()
                    + " examples\n  expected one for each");
        }
        List<List<Integer>> members =
                List.copyOf(grouped(i -> groups[i], groups.length).values());
        int first = part(share, members.size());
        if (members.size() == 1) {
            throw new IllegalArgumentException(
                    "All examples are of group " + groups[0] + "\n  expected at least two groups, one for each part");
        }
        first = Math.min(Math.max(first, 1), members.size() - 1);
        boolean[] chosen = new boolean[members.size()];
        choose(IntStream.range(0, members.size()).boxed().toList(), first, random(seed, 0), chosen);
        boolean[] inFirst = new boolean[data.size()];
        for (int g = 0; g < chosen.length; g++) {
            for (int example : members.get(g)) {
                inFirst[example] = chosen[g];
            }
        }
        return split(data, inFirst);
    }

    /** Marks {@code n} of these, at random. */
    private static void choose(List<Integer> from, int n, SplittableRandom random, boolean[] chosen) {
        int[] order = from.stream().mapToInt(Integer::intValue).toArray();
        Batches.shuffle(order, random);
        for (int i = 0; i < n; i++) {
            chosen[order[i]] = true;
        }
    }

    /** Returns the examples by key; the keys are in the order in which they first occur. */
    private static <K> Map<K, List<Integer>> grouped(IntFunction<K> key, int size) {
        Map<K, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            groups.computeIfAbsent(key.apply(i), k -> new ArrayList<>()).add(i);
        }
        return groups;
    }

    private static List<List<Double>> targets(Dataset data) {
        int[] rows = Batches.ascending(data.size());
        int width = (int) data.target().size();
        List<List<Double>> targets = new ArrayList<>(rows.length);
        for (int from = 0; from < rows.length; from += CHUNK) {
            int count = Math.min(CHUNK, rows.length - from);
            try (INDArray chunk = Memory.array(DataType.DOUBLE, data.target().withBatch(count))) {
                data.readTargets(rows, from, count, chunk);
                double[] values = Vectors.toDoubles(chunk);
                for (int i = 0; i < count; i++) {
                    targets.add(Arrays.stream(values, i * width, (i + 1) * width)
                            .map(value -> value + 0.0) // −0 is 0
                            .boxed()
                            .toList());
                }
            }
        }
        return targets;
    }

    private static Split split(Dataset data, boolean[] inFirst) {
        return new Split(data.rows(matching(inFirst, true)), data.rows(matching(inFirst, false)));
    }

    private static int[] matching(boolean[] inFirst, boolean first) {
        return IntStream.range(0, inFirst.length)
                .filter(i -> inFirst[i] == first)
                .toArray();
    }
}
