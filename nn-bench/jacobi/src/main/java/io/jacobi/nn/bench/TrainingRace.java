package io.jacobi.nn.bench;

import io.jacobi.nn.bench.contender.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Who trains fastest, epoch by epoch in turn, and learns. */
final class TrainingRace {

    /** How long each trains before the first round: the just-in-time compiler is at work for many epochs of a small network. */
    private static final double WARM_UP_SECONDS = 5;

    private TrainingRace() {}

    /**
     * Samples a second, a table for each number of threads. All numbers of threads run in one round as all entrants do, so that they can
     * be compared, and a table says how far apart the processors were.
     */
    static List<Result> run(Track track, List<Entrant> entrants, Workload workload, List<Integer> threads, int rounds)
            throws IOException {
        List<Runner> runners = start(track, entrants, workload, threads);
        List<Double> handovers = new ArrayList<>();
        try {
            for (Runner runner : runners) {
                runner.warmUp();
            }
            for (int round = 0; round < rounds; round++) {
                if (Collections.max(threads) > 1 && Runtime.getRuntime().availableProcessors() > 1) {
                    handovers.add(Handover.nanos());
                }
                for (Runner runner : runners) {
                    runner.round();
                }
            }
            List<Result> results = new ArrayList<>();
            for (Runner runner : runners) {
                results.add(runner.result(workload));
            }
            if (!handovers.isEmpty()) {
                String table = workload + " training, a number from one thread to another and back";
                results.add(new Result(table, "this machine", "ns", handovers, ""));
            }
            return results;
        } finally {
            Racer.close(runners.stream().map(runner -> runner.racer).toList());
        }
    }

    /** One entrant on so many threads. */
    private static final class Runner {

        private final Racer racer;
        private final int threads;
        private final int examples;
        private final List<Double> speeds = new ArrayList<>();
        private int epochs;

        Runner(Racer racer, int threads, int examples) {
            this.racer = racer;
            this.threads = threads;
            this.examples = examples;
        }

        /** Whole epochs that are not counted. */
        void warmUp() throws IOException {
            double trained = 0;
            while (trained < WARM_UP_SECONDS) {
                trained += epoch();
            }
        }

        void round() throws IOException {
            speeds.add(examples / epoch());
        }

        private double epoch() throws IOException {
            epochs++;
            return racer.number("epoch");
        }

        Result result(Workload workload) throws IOException {
            String learned =
                    String.format(Locale.ROOT, "accuracy %.4f after %d epochs", racer.number("accuracy"), epochs);
            String table = workload + " training, " + threads + (threads == 1 ? " thread" : " threads");
            return new Result(table, racer.entrant().name(), "samples/s", speeds, learned);
        }
    }

    /** Peak resident memory of a process that trains W2 for two epochs; heap that a step and a prediction of Jacobi allocate. */
    static List<Result> memory(Track track, List<Entrant> entrants) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Entrant entrant : entrants) {
            if (entrant.trains()) {
                try (Racer racer = new Racer(entrant, 1, track.log())) {
                    racer.ask(build(track, Workload.W2, 1));
                    racer.number("epoch");
                    double[] bytes = racer.numbers("allocated");
                    double megabytes = racer.number("memory") / 1024;
                    String heap =
                            String.format(Locale.ROOT, "heap: %.0f B a step, %.0f B a prediction", bytes[0], bytes[1]);
                    results.add(new Result(
                            "W2 training, peak resident memory", entrant.name(), "MiB", List.of(megabytes), heap));
                }
            }
        }
        return results;
    }

    private static List<Runner> start(Track track, List<Entrant> entrants, Workload workload, List<Integer> threads)
            throws IOException {
        List<Runner> runners = new ArrayList<>();
        for (int number : threads) {
            for (Entrant entrant : entrants) {
                if (entrant.trains()) {
                    Racer racer = new Racer(entrant, number, track.log());
                    runners.add(new Runner(racer, number, track.examples(workload)));
                    racer.ask(build(track, workload, number));
                }
            }
        }
        return runners;
    }

    /** What a racer is told before it trains. */
    static String build(Track track, Workload workload, int threads) {
        return "build " + workload + " " + threads + " " + track.data(workload);
    }
}
