package io.jacobi.nn.bench;

import io.jacobi.nn.bench.contender.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Who predicts fastest with a stored W2 model, on one thread. */
final class PredictionRace {

    private static final Workload WORKLOAD = Workload.W2;
    private static final int CALLS = 10_000;
    private static final double SECONDS = 2;

    private final Track track;
    private final List<Entrant> entrants;
    private final int rounds;
    private final Map<Entrant, Path> models = new HashMap<>();

    PredictionRace(Track track, List<Entrant> entrants, int rounds) {
        this.track = track;
        this.entrants = entrants;
        this.rounds = rounds;
    }

    /** Microseconds of a single prediction: the median and the 99th percentile of each round. */
    List<Result> latency() throws IOException {
        List<List<double[]>> answers = inTurn("latency " + CALLS);
        List<Result> results = new ArrayList<>();
        results.addAll(table("W2, one example, p50", "us", answers, pair -> pair[0]));
        results.addAll(table("W2, one example, p99", "us", answers, pair -> pair[1]));
        return results;
    }

    /** Examples a second, 256 at a time. */
    List<Result> throughput() throws IOException {
        return table("W2, 256 examples at a time", "samples/s", inTurn("throughput " + SECONDS), value -> value[0]);
    }

    /** Seconds from the start of the process to its first prediction. */
    List<Result> start() throws IOException {
        List<List<double[]>> seconds = new ArrayList<>();
        entrants.forEach(entrant -> seconds.add(new ArrayList<>()));
        for (int round = 0; round <= rounds; round++) {
            for (int i = 0; i < entrants.size(); i++) {
                Path model = model(entrants.get(i));
                long start = System.nanoTime();
                try (Racer racer = new Racer(entrants.get(i), 1, track.log())) {
                    racer.ask(open(model));
                    double taken = (System.nanoTime() - start) / 1e9;
                    if (round > 0) {
                        seconds.get(i).add(new double[] {taken});
                    }
                }
            }
        }
        return table("W2, process start to first prediction", "s", seconds, value -> value[0]);
    }

    private static String open(Path model) {
        return "open " + WORKLOAD + " 1 " + model;
    }

    private List<List<double[]>> inTurn(String question) throws IOException {
        List<Racer> racers = new ArrayList<>();
        List<List<double[]>> answers = new ArrayList<>();
        try {
            for (Entrant entrant : entrants) {
                Racer racer = new Racer(entrant, 1, track.log());
                racers.add(racer);
                answers.add(new ArrayList<>());
                racer.ask(open(model(entrant)));
            }
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < racers.size(); i++) {
                    double[] values = racers.get(i).numbers(question);
                    if (round > 0) {
                        answers.get(i).add(values);
                    }
                }
            }
        } finally {
            Racer.close(racers);
        }
        return answers;
    }

    private List<Result> table(
            String name, String unit, List<List<double[]>> answers, ToDoubleFunction<double[]> value) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < entrants.size(); i++) {
            List<Double> values =
                    answers.get(i).stream().mapToDouble(value).boxed().toList();
            results.add(new Result(name, entrants.get(i).name(), unit, values, ""));
        }
        return results;
    }

    /** A model that this entrant, or Jacobi for one that does not train, has trained for an epoch and stored. */
    private Path model(Entrant entrant) throws IOException {
        Entrant author = entrant.trains() ? entrant : entrants.get(0);
        Path known = models.get(author);
        if (known != null) {
            return known;
        }
        Path file = Files.createTempFile(track.directory(), "model", ".bin");
        try (Racer racer = new Racer(author, 1, track.log())) {
            racer.ask(TrainingRace.build(track, WORKLOAD, 1));
            racer.ask("epoch");
            racer.ask("save " + file);
        }
        models.put(author, file);
        return file;
    }
}
