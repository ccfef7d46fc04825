package io.jacobi.nn.bench;

import io.jacobi.nn.bench.contender.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who trains fastest, epoch by epoch in turn, and learns. */
final class TrainingRace {

    private TrainingRace() {}

    /** Samples a second. The first epoch of each warms it up and is not counted. */
    static List<Result> run(Track track, List<Entrant> entrants, Workload workload, int threads, int rounds)
            throws IOException {
        List<Racer> racers = start(track, entrants, workload, threads);
        try {
            List<List<Double>> speeds = new ArrayList<>();
            racers.forEach(racer -> speeds.add(new ArrayList<>()));
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < racers.size(); i++) {
                    double seconds = racers.get(i).number("epoch");
                    if (round > 0) {
                        speeds.get(i).add(track.examples(workload) / seconds);
                    }
                }
            }
            List<Result> results = new ArrayList<>();
            String table = workload + " training, " + threads + (threads == 1 ? " thread" : " threads");
            for (int i = 0; i < racers.size(); i++) {
                String accuracy = String.format(
                        Locale.ROOT, "accuracy %.4f", racers.get(i).number("accuracy"));
                results.add(new Result(table, racers.get(i).entrant().name(), "samples/s", speeds.get(i), accuracy));
            }
            return results;
        } finally {
            Racer.close(racers);
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

    private static List<Racer> start(Track track, List<Entrant> entrants, Workload workload, int threads)
            throws IOException {
        List<Racer> racers = new ArrayList<>();
        for (Entrant entrant : entrants) {
            if (entrant.trains()) {
                Racer racer = new Racer(entrant, threads, track.log());
                racers.add(racer);
                racer.ask(build(track, workload, threads));
            }
        }
        return racers;
    }

    /** What a racer is told before it trains. */
    static String build(Track track, Workload workload, int threads) {
        return "build " + workload + " " + threads + " " + track.data(workload);
    }
}
