package io.jacobi.nn;

/**
 * Derives independent seeds from one seed. Each is a function of that seed and of its purpose. Nothing random depends
 * on earlier draws, so a resumed run repeats an uninterrupted one.
 */
public final class Seeds {

    /** The purposes of seeds. If two had one seed, the numbers drawn for them would be correlated. */
    public enum Purpose {
        INITIALIZE(1),
        FORWARD(2),
        SHUFFLE(3);

        // a change of a code changes every result
        private final int code;

        Purpose(int code) {
            this.code = code;
        }
    }

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** Returns the seed for {@code purpose}, at {@code index} of {@code group} (such as a parameter of a layer). */
    public static long derive(long seed, Purpose purpose, long group, long index) {
        return mix(mix(mix(mix(seed) + purpose.code) + group + 1) + index + 1);
    }

    /** Returns the seed of everything random in the layer at {@code path} in a step. */
    public static long pass(long seed, String path, long step) {
        return derive(seed, Purpose.FORWARD, path.hashCode(), step);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014, figure 16), with its increment. */
    private static long mix(long z) {
        z += GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
