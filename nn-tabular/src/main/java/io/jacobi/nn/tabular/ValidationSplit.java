package io.jacobi.nn.tabular;

import io.jacobi.nn.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which rows are for validation: a fraction of the rows of each class, at random, decided while the rows pass by. One of
 * every {@code 1/fraction} rows of a class in the table's order is chosen, so that the fraction is kept in each.
 *
 * @param fraction from 0, for none, to below 1
 */
record ValidationSplit(double fraction, long seed) {

    ValidationSplit {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    "A validation part of " + fraction + "\n  expected a fraction from 0 to below 1");
        }
    }

    /** Returns a decision for each row, in order; a second pass over the same rows decides the same. */
    Pass pass() {
        return new Pass();
    }

    final class Pass {

        private final Map<Object, Stratum> strata = new HashMap<>();

        /** Whether the next row, which is of this class, is for validation. */
        boolean isValidation(Object stratum) {
            return fraction > 0 && strata.computeIfAbsent(stratum, Stratum::new).next();
        }
    }

    private final class Stratum {

        private final SplittableRandom random;
        private double due;
        private double chosen;
        private long row;

        private Stratum(Object stratum) {
            random =
                    new SplittableRandom(Seeds.derive(seed, Seeds.Purpose.SHUFFLE, stratum.hashCode(), Long.MAX_VALUE));
            chosen = random.nextDouble() / fraction;
        }

        private boolean next() {
            boolean validation = row == (long) chosen;
            row++;
            if (row >= due + 1 / fraction) {
                due += 1 / fraction;
                chosen = due + random.nextDouble() / fraction;
            }
            return validation;
        }
    }
}
