package io.jacobi.nn.files;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages files of any format, and the texts in their headers, for the tests of readers. */
public final class Damage {

    private Damage() {}

    /** Returns the file without its end. */
    public static byte[] truncated(byte[] file, SplittableRandom random) {
        return Arrays.copyOf(file, random.nextInt(file.length));
    }

    /** Returns the file with up to {@code most} zeros after it. */
    public static byte[] lengthened(byte[] file, int most, SplittableRandom random) {
        return Arrays.copyOf(file, file.length + 1 + random.nextInt(most));
    }

    /** Returns the file with one bit changed, in a byte from {@code from} to before {@code to}. */
    public static byte[] flipped(byte[] file, int from, int to, SplittableRandom random) {
        byte[] flipped = file.clone();
        flipped[random.nextInt(from, to)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return flipped;
    }

    /** Returns the file with up to {@code most} consecutive random bytes before the byte {@code end}. */
    public static byte[] scratched(byte[] file, int end, int most, SplittableRandom random) {
        byte[] noise = noise(1, Math.min(most, end), random);
        byte[] scratched = file.clone();
        System.arraycopy(noise, 0, scratched, random.nextInt(end - noise.length + 1), noise.length);
        return scratched;
    }

    /** Returns random bytes, at least {@code least} and at most {@code most}. */
    public static byte[] noise(int least, int most, SplittableRandom random) {
        byte[] noise = new byte[random.nextInt(least, most + 1)];
        random.nextBytes(noise);
        return noise;
    }

    /** Returns the text with one of the numbers that {@code number} finds replaced by one of these texts. */
    public static String withOther(String text, Pattern number, List<String> others, SplittableRandom random) {
        List<MatchResult> numbers = number.matcher(text).results().toList();
        MatchResult chosen = numbers.get(random.nextInt(numbers.size()));
        return text.substring(0, chosen.start())
                + others.get(random.nextInt(others.size()))
                + text.substring(chosen.end());
    }

    /**
     * Returns the text with a copy of a piece, up to {@code most} characters, inserted elsewhere or in place of other
     * characters.
     */
    public static String spliced(String text, int most, SplittableRandom random) {
        int from = random.nextInt(text.length());
        String piece = text.substring(from, Math.min(text.length(), from + 1 + random.nextInt(most)));
        int to = random.nextInt(text.length());
        int replaced = random.nextBoolean() ? 0 : random.nextInt(most);
        return text.substring(0, to) + piece + text.substring(Math.min(text.length(), to + replaced));
    }
}
