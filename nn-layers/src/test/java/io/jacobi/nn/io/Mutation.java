package io.jacobi.nn.io;

import io.jacobi.nn.files.Damage;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Ways to damage a model file. */
enum Mutation {
    TRUNCATED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.truncated(file, random);
        }
    },
    LENGTHENED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.lengthened(file, 1000, random);
        }
    },
    FLIPPED_IN_THE_LENGTH {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.flipped(file, 0, Long.BYTES, random);
        }
    },
    FLIPPED_IN_THE_HEADER {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            int end = Long.BYTES + ModelBytes.of(file).header().length();
            return Damage.flipped(file, Long.BYTES, end, random);
        }
    },
    FLIPPED_IN_THE_WEIGHTS {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            int weights = ModelBytes.of(file).data().length;
            return Damage.flipped(file, file.length - weights, file.length, random);
        }
    },
    SCRATCHED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.scratched(file, file.length, 50, random);
        }
    },
    NOISE {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.noise(0, file.length - 1, random);
        }
    },
    /** Replaces a number in the header, such as an offset or a dimension. */
    OTHER_NUMBER {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            ModelBytes whole = ModelBytes.of(file);
            return whole.withHeader(withOther(whole.header(), random)).bytes();
        }
    },
    /** Repeats a piece of the header elsewhere, or in place of another piece. */
    SPLICED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            ModelBytes whole = ModelBytes.of(file);
            return whole.withHeader(spliced(whole.header(), random)).bytes();
        }
    },
    DEEP {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            ModelBytes whole = ModelBytes.of(file);
            String opening = random.nextBoolean() ? "[" : "{\"a\":";
            String deep = opening.repeat(1 + random.nextInt(100_000));
            return whole.withHeader(Damage.withOther(whole.header(), NUMBER, List.of(deep), random))
                    .bytes();
        }
    },
    /** Damages the description, and stores the hash of the damaged text. */
    FORGED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            ModelBytes whole = ModelBytes.of(file);
            String json = whole.description();
            String forged = random.nextBoolean() ? withOther(json, random) : spliced(json, random);
            return whole.withDescription(forged).bytes();
        }
    };

    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.-])-?\\d[\\d.eE+-]*");
    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "1",
            "3",
            "-0.0",
            "1e400",
            "2147483647",
            "2147483648",
            "4294967296",
            "4611686018427387904",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "9".repeat(99),
            "9".repeat(5000),
            "0.5",
            "1e9",
            "\"7\"",
            "\"NaN\"",
            "null",
            "true",
            "[]",
            "[1,2,3]",
            "{}",
            "NaN",
            "");

    /** The damaged file. */
    abstract byte[] apply(byte[] file, SplittableRandom random);

    /**
     * Whether every such file must be refused. Other files may give the same model, for example with 1e1 in place of
     * 10.
     */
    boolean isAlwaysWrong() {
        return switch (this) {
            case TRUNCATED, LENGTHENED, FLIPPED_IN_THE_LENGTH, FLIPPED_IN_THE_WEIGHTS, NOISE, DEEP -> true;
            case FLIPPED_IN_THE_HEADER, SCRATCHED, OTHER_NUMBER, SPLICED, FORGED -> false;
        };
    }

    private static String withOther(String json, SplittableRandom random) {
        return Damage.withOther(json, NUMBER, NUMBERS, random);
    }

    private static String spliced(String json, SplittableRandom random) {
        return Damage.spliced(json, 60, random);
    }
}
