package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;

/** Refuses a model's output that a loss would misread. */
final class Misreading {

    private Misreading() {}

    static void refuse(boolean misread, String why, String expected, OutputKind received, String fix) {
        if (misread) {
            throw new IllegalArgumentException(
                    why + "\n  expected " + expected + "\n  received " + describe(received) + "\n  fix: " + fix);
        }
    }

    private static String describe(OutputKind output) {
        return switch (output) {
            case ANY -> "numbers of any kind";
            case PROBABILITIES -> "probabilities";
            case LOG_PROBABILITIES -> "log-probabilities";
        };
    }
}
