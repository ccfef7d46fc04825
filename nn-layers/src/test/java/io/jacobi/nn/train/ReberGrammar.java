package io.jacobi.nn.train;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The embedded Reber grammar: strings such as {@code BT BTXSE TE} and {@code BP BPVVE PE}. The last symbol but one repeats the second,
 * across an inner string of any length from 5 that says nothing about it. Where two symbols may come next, each does so half of the
 * time.
 *
 * <pre>
 * outer: B (T inner T | P inner P) E     inner: B, a walk from 0 to 5, E
 * 0 -T-> 1   0 -P-> 2   1 -S-> 1   1 -X-> 3   2 -T-> 2   2 -V-> 4   3 -X-> 2   3 -S-> 5   4 -P-> 3   4 -V-> 5
 * </pre>
 *
 * Source: Hochreiter and Schmidhuber 1997, experiment 1.
 */
final class ReberGrammar {

    static final String SYMBOLS = "BTPSXVE";

    private static final int END = 5;
    private static final String[] EDGES = {"TP", "SX", "TV", "XS", "PV"};
    private static final int[][] TARGETS = {{1, 2}, {1, 3}, {2, 4}, {2, END}, {3, END}};

    /**
     * What came so far, what comes next, and how probable that was.
     *
     * @param probability of {@code next} after {@code prefix}, by the grammar
     */
    record Example(String prefix, char next, double probability) {}

    private final SplittableRandom random;

    ReberGrammar(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Every prefix of up to {@code longest} symbols of so many strings, with the symbol behind it. */
    List<Example> examples(int strings, int longest) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < strings; i++) {
            string().stream()
                    .filter(e -> !e.prefix().isEmpty() && e.prefix().length() <= longest)
                    .forEach(examples::add);
        }
        return examples;
    }

    private List<Example> string() {
        List<Example> steps = new ArrayList<>();
        char repeated = random.nextBoolean() ? 'T' : 'P';
        append(steps, 'B', 1);
        append(steps, repeated, 0.5);
        append(steps, 'B', 1);
        int node = 0;
        while (node != END) {
            int edge = random.nextInt(2);
            append(steps, EDGES[node].charAt(edge), 0.5);
            node = TARGETS[node][edge];
        }
        append(steps, 'E', 1);
        append(steps, repeated, 1);
        append(steps, 'E', 1);
        return steps;
    }

    private static void append(List<Example> steps, char symbol, double probability) {
        String prefix = steps.isEmpty()
                ? ""
                : steps.get(steps.size() - 1).prefix()
                        + steps.get(steps.size() - 1).next();
        steps.add(new Example(prefix, symbol, probability));
    }

    /** One-hot sequences {@code [time, 7]} of the last {@code time} symbols, behind rows of zeros if there are fewer. */
    static ArrayDataset dataset(List<Example> examples, int time) {
        int symbols = SYMBOLS.length();
        INDArray features = Memory.view(
                Memory.vector(DataType.FLOAT, (long) examples.size() * time * symbols),
                0,
                examples.size(),
                time,
                symbols);
        INDArray targets = Memory.vector(DataType.FLOAT, examples.size());
        Span x = Span.of(features);
        Span y = Span.of(targets);
        for (int n = 0; n < examples.size(); n++) {
            String prefix = examples.get(n).prefix();
            for (int back = 1; back <= Math.min(time, prefix.length()); back++) {
                int symbol = SYMBOLS.indexOf(prefix.charAt(prefix.length() - back));
                x.set((n * time + time - back) * symbols + symbol, 1);
            }
            y.set(n, SYMBOLS.indexOf(examples.get(n).next()));
        }
        return ArrayDataset.of(features, targets);
    }

    /** The loss of the grammar itself on these examples: nobody can be better, but for the luck of the draw. */
    static double entropy(List<Example> examples) {
        return examples.stream().mapToDouble(e -> -Math.log(e.probability())).sum() / examples.size();
    }

    /**
     * A bound that no function of the last {@code symbols} symbols can undercut on these examples, even if it was fitted to them:
     * the entropy of the next symbol given those, as counted.
     */
    static double leastLossSeeing(int symbols, List<Example> examples) {
        Map<String, Map<Character, Integer>> counts = new HashMap<>();
        for (Example e : examples) {
            String end = e.prefix().substring(Math.max(0, e.prefix().length() - symbols));
            counts.computeIfAbsent(end, unseen -> new HashMap<>()).merge(e.next(), 1, Integer::sum);
        }
        double sum = 0;
        for (Map<Character, Integer> next : counts.values()) {
            double total = next.values().stream().mapToInt(Integer::intValue).sum();
            for (int count : next.values()) {
                sum -= count * Math.log(count / total);
            }
        }
        return sum / examples.size();
    }
}
