package io.jacobi.nn.inference;

import io.jacobi.nn.model.Sequential;
import java.util.function.BiFunction;

/** Gives predictors and models to an object that closes them, and closes them if the object cannot be made. */
final class Owned {

    private Owned() {}

    /** Returns what {@code make} makes of the predictor and of the action that closes it. */
    static <T> T of(Predictor predictor, BiFunction<Predictor, Runnable, T> make) {
        return make(predictor, predictor::close, make);
    }

    /** Returns what {@code make} makes of the predictor and of the action that closes it and the model. */
    static <T> T of(Sequential model, Predictor predictor, BiFunction<Predictor, Runnable, T> make) {
        return make(
                predictor,
                () -> {
                    predictor.close();
                    model.close();
                },
                make);
    }

    private static <T> T make(Predictor predictor, Runnable release, BiFunction<Predictor, Runnable, T> make) {
        try {
            return make.apply(predictor, release);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }
}
