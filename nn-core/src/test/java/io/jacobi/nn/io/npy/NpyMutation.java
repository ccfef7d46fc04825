package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.Damage;
import io.jacobi.nn.files.npy.NpyBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways to damage a .npy file. */
enum NpyMutation {
    TRUNCATED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.truncated(file, random);
        }
    },
    LENGTHENED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.lengthened(file, 100_000, random);
        }
    },
    FLIPPED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            // the numbers after the header may be any
            return Damage.flipped(file, 0, Math.min(file.length, DATA), random);
        }
    },
    SCRATCHED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.scratched(file, DATA, 20, random);
        }
    },
    NOISE {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Damage.noise(0, 10_000, random);
        }
    },
    /** Replaces a number in the header, and corrects the length of the header. */
    OTHER_NUMBER {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return withHeader(file, Damage.withOther(header(file), NUMBER, NUMBERS, random));
        }
    },
    /** Repeats a piece of the header elsewhere, or in place of another piece. */
    SPLICED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return withHeader(file, Damage.spliced(header(file).stripTrailing(), 30, random) + "\n");
        }
    },
    /** Replaces the first bracket by thousands of opening brackets, quotes or digits. */
    DEEP {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            String opening = List.of("(", "{", "[", "'", "\"", "9", "1,", "{'shape':", "\\")
                    .get(random.nextInt(9));
            String deep = opening.repeat(1 + random.nextInt(60_000 / opening.length()));
            return withHeader(file, header(file).replaceFirst("\\(", Matcher.quoteReplacement(deep)));
        }
    };

    /** The position of the first element. */
    private static final int DATA = 128;

    private static final int START = 10;
    private static final Pattern NUMBER = Pattern.compile("(?<=[( ])\\d+|(?<=[a-z])\\d");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "7",
            "30",
            "2147483647",
            "2147483648",
            "4294967301",
            "9223372036854775807",
            "18446744073709551621",
            "9".repeat(5000),
            "1e1",
            "5.0",
            "0x5",
            "05",
            "5L",
            "True",
            "None",
            "(5,)",
            "'5'",
            "");

    /** The damaged file. */
    abstract byte[] apply(byte[] file, SplittableRandom random);

    /** Whether every such file must be refused. Other files may have an equal header, or another header that fits. */
    boolean isAlwaysWrong() {
        return switch (this) {
            case TRUNCATED, LENGTHENED, NOISE, DEEP -> true;
            case FLIPPED, SCRATCHED, OTHER_NUMBER, SPLICED -> false;
        };
    }

    private static String header(byte[] file) {
        return new String(file, START, DATA - START, StandardCharsets.ISO_8859_1);
    }

    private static byte[] withHeader(byte[] file, String header) {
        return NpyBytes.of(header, Arrays.copyOfRange(file, DATA, file.length));
    }
}
