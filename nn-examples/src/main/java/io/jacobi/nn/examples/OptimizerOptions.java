package io.jacobi.nn.examples;

import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the optimizer and its learning rate. */
final class OptimizerOptions {

    static final String OPTIMIZER = "--optimizer";
    static final String SCHEDULE = "--schedule";
    static final String MOMENTUM = "--momentum";

    private static final double SGD_RATE = 0.1;
    private static final double ADAM_RATE = 1e-3;

    enum Method {
        SGD,
        ADAM,
        ADAMW
    }

    enum RateSchedule {
        COSINE,
        CONSTANT
    }

    @Option(
            names = OPTIMIZER,
            paramLabel = "NAME",
            description =
                    "The optimizer for images: sgd, adam or adamw (${DEFAULT-VALUE}). A table is trained by adamw.",
            defaultValue = "sgd")
    private Method method = Method.SGD;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Initial learning rate (0.1 for sgd, 0.001 for adam and adamw, 0.003 for a table).")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = SCHEDULE,
            paramLabel = "NAME",
            description =
                    "The learning rate over time: cosine, which falls to 0 along half a cosine, or constant (${DEFAULT-VALUE}).",
            defaultValue = "cosine")
    private RateSchedule kind = RateSchedule.COSINE;

    @Option(
            names = MOMENTUM,
            paramLabel = "M",
            description = "Nesterov momentum of sgd; 0 for plain sgd (${DEFAULT-VALUE}).")
    private double momentum = 0.9;

    /** The rate, if it was given. */
    Optional<Double> rate() {
        return rate;
    }

    /** Builds the optimizer for a run of the given number of steps. */
    Optimizer build(long steps) {
        double first = rate.orElse(method == Method.SGD ? SGD_RATE : ADAM_RATE);
        Schedule schedule = kind == RateSchedule.COSINE ? Schedule.cosine(first, steps) : Schedule.constant(first);
        return switch (method) {
            case SGD -> momentum == 0 ? new Sgd(schedule, 0, false) : new Sgd(schedule, momentum, true);
            case ADAM -> new Adam(schedule);
            case ADAMW -> new AdamW(schedule);
        };
    }
}
