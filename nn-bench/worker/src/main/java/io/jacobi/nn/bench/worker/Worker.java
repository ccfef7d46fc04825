package io.jacobi.nn.bench.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The process that measures one framework. It reads commands from standard input, one per line, and answers each with a
 * line that begins with {@value #ANSWER}, which distinguishes answers from lines that libraries print.
 *
 * <pre>
 * java -cp ... io.jacobi.nn.bench.worker.Worker ADAPTER
 *   build WORKLOAD THREADS DATA    builds the network and loads the training examples
 *   epoch                          trains for an epoch: seconds
 *   accuracy                       accuracy on the test examples
 *   save FILE                      stores the model
 *   open WORKLOAD THREADS FILE     reads a stored model and predicts once
 *   latency COUNT                  p50 and p99 of single predictions, in microseconds
 *   throughput SECONDS             predictions per second, 256 examples at a time
 *   allocated                      heap bytes per training step, and per prediction
 *   memory                         peak resident memory in kilobytes
 * </pre>
 */
public final class Worker {

    /** The prefix of an answer. */
    public static final String ANSWER = "@@ ";

    private final FrameworkAdapter adapter;
    private Path data = Path.of("");
    private Workload workload = Workload.W1;

    private Worker(FrameworkAdapter adapter) {
        this.adapter = adapter;
    }

    /** Answers commands until standard input ends. */
    public static void main(String[] args) throws Exception {
        FrameworkAdapter adapter = Class.forName(args[0])
                .asSubclass(FrameworkAdapter.class)
                .getDeclaredConstructor()
                .newInstance();
        Worker worker = new Worker(adapter);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(ANSWER + worker.answer(line.split(" ", -1)));
            System.out.flush();
        }
        System.exit(0); // some libraries leave threads running
    }

    private String answer(String[] words) throws IOException {
        switch (words[0]) {
            case "build" -> {
                workload = Workload.valueOf(words[1]);
                data = Path.of(words[3]);
                training().build(workload, Integer.parseInt(words[2]), Examples.read(data, "train"));
                return "built";
            }
            case "epoch" -> {
                long start = System.nanoTime();
                training().epoch();
                return number((System.nanoTime() - start) / 1e9);
            }
            case "accuracy" -> {
                return number(accuracy());
            }
            case "save" -> {
                training().save(Path.of(words[1]));
                return "saved";
            }
            case "open" -> {
                adapter.open(Workload.valueOf(words[1]), Integer.parseInt(words[2]), Path.of(words[3]));
                return number(adapter.predict(new float[Workload.PIXELS])[0]);
            }
            case "latency" -> {
                return Predictions.latency(adapter, Integer.parseInt(words[1]));
            }
            case "throughput" -> {
                return number(Predictions.throughput(adapter, Double.parseDouble(words[1])));
            }
            case "allocated" -> {
                return Allocations.of(training(), workload);
            }
            case "memory" -> {
                return Long.toString(Allocations.peakResidentKilobytes());
            }
            default -> throw new IllegalArgumentException("unknown command: " + String.join(" ", words));
        }
    }

    private TrainingAdapter training() {
        if (adapter instanceof TrainingAdapter training) {
            return training;
        }
        throw new IllegalStateException(adapter.getClass().getName() + " does not train");
    }

    private double accuracy() throws IOException {
        Examples test = Examples.read(data, "test");
        int right = 0;
        for (int from = 0; from < test.size(); from += Predictions.BATCH) {
            int n = Math.min(Predictions.BATCH, test.size() - from);
            float[][] rows = Arrays.copyOfRange(test.pixels(), from, from + n);
            float[][] scores = adapter.predict(rows);
            for (int i = 0; i < n; i++) {
                right += largest(scores[i]) == test.labels()[from + i] ? 1 : 0;
            }
        }
        return (double) right / test.size();
    }

    private static int largest(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            best = scores[i] > scores[best] ? i : best;
        }
        return best;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
