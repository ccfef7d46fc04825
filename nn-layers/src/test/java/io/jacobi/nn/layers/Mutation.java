package io.jacobi.nn.layers;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Ways to damage a model file. */
enum Mutation {
    TRUNCATED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    LENGTHENED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return Arrays.copyOf(file, file.length + 1 + random.nextInt(1000));
        }
    },
    FLIPPED_IN_THE_LENGTH {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return flipped(file, random.nextInt(Long.BYTES), random);
        }
    },
    FLIPPED_IN_THE_HEADER {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            return flipped(
                    file,
                    Long.BYTES + random.nextInt(ModelBytes.of(file).header().length()),
                    random);
        }
    },
    FLIPPED_IN_THE_WEIGHTS {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            int weights = ModelBytes.of(file).data().length;
            return flipped(file, file.length - 1 - random.nextInt(weights), random);
        }
    },
    SCRATCHED {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            byte[] scratched = file.clone();
            int begin = random.nextInt(file.length - 1);
            byte[] noise = new byte[1 + random.nextInt(Math.min(50, file.length - begin))];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, scratched, begin, noise.length);
            return scratched;
        }
    },
    NOISE {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            byte[] noise = new byte[random.nextInt(file.length)];
            random.nextBytes(noise);
            return noise;
        }
    },
    /** A number of the header, such as an offset or a dimension, is another. */
    OTHER_NUMBER {
        @Override
        byte[] apply(byte[] file, SplittableRandom random) {
            ModelBytes whole = ModelBytes.of(file);
            return whole.withHeader(withOther(whole.header(), random)).bytes();
        }
    },
    /** A piece of the header stands there again, or at the place of another. */
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
            return whole.withHeader(withOther(whole.header(), random, List.of(deep)))
                    .bytes();
        }
    },
    /** The description is damaged by somebody who knows how to hash it. */
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

    /** Whether every such file must be refused; the others may happen to mean the same, such as with 1e1 for 10. */
    boolean isAlwaysWrong() {
        return switch (this) {
            case TRUNCATED, LENGTHENED, FLIPPED_IN_THE_LENGTH, FLIPPED_IN_THE_WEIGHTS, NOISE, DEEP -> true;
            case FLIPPED_IN_THE_HEADER, SCRATCHED, OTHER_NUMBER, SPLICED, FORGED -> false;
        };
    }

    private static byte[] flipped(byte[] file, int at, SplittableRandom random) {
        byte[] flipped = file.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }

    private static String withOther(String json, SplittableRandom random) {
        return withOther(json, random, NUMBERS);
    }

    private static String withOther(String json, SplittableRandom random, List<String> others) {
        List<MatchResult> numbers = NUMBER.matcher(json).results().toList();
        MatchResult number = numbers.get(random.nextInt(numbers.size()));
        return json.substring(0, number.start())
                + others.get(random.nextInt(others.size()))
                + json.substring(number.end());
    }

    private static String spliced(String json, SplittableRandom random) {
        int from = random.nextInt(json.length());
        String piece = json.substring(from, Math.min(json.length(), from + random.nextInt(60)));
        int to = random.nextInt(json.length());
        int replaced = random.nextBoolean() ? 0 : random.nextInt(60);
        return json.substring(0, to) + piece + json.substring(Math.min(json.length(), to + replaced));
    }
}
