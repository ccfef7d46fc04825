package io.jacobi.nn.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Shape;
import io.jacobi.nn.files.Damage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of damaged and malicious files: each is refused in bounded memory, or has the original number of elements.
 */
@Timeout(300)
class IdxFuzzTest {

    /** The number of refused files of each of the seven kinds. */
    private static final int FILES = 800;

    private static final long MAX_BYTES = 64L << 20;

    private static final int[] DIMS = {6, 5, 4};
    private static final int ELEMENTS = 120;
    private static final int HEADER = 16;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private enum Mutation {
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
        FLIPPED_IN_THE_HEADER {
            @Override
            byte[] apply(byte[] file, SplittableRandom random) {
                return Damage.flipped(file, 0, HEADER, random);
            }
        },
        OTHER_DIMENSIONS {
            @Override
            byte[] apply(byte[] file, SplittableRandom random) {
                ByteBuffer other = ByteBuffer.wrap(file.clone());
                for (int i = 0; i < DIMS.length; i++) {
                    other.putInt(4 + 4 * i, NUMBERS[random.nextInt(NUMBERS.length)]);
                }
                return other.array();
            }
        },
        NOISE {
            @Override
            byte[] apply(byte[] file, SplittableRandom random) {
                return Damage.noise(0, 10_000, random);
            }
        },
        /** The checksum detects a stream that unzips to other content. */
        DAMAGED_GZIP {
            @Override
            byte[] apply(byte[] file, SplittableRandom random) throws IOException {
                byte[] zipped = IdxTest.gzip(file);
                int at = random.nextInt(zipped.length);
                zipped[at] ^= (byte) (1 + random.nextInt(255));
                return random.nextBoolean() ? zipped : Arrays.copyOf(zipped, at);
            }
        },
        /** A header that declares gigabytes, and zeros that unzip to a few megabytes. */
        BOMB {
            @Override
            byte[] apply(byte[] file, SplittableRandom random) throws IOException {
                byte[] bomb = Arrays.copyOf(OTHER_DIMENSIONS.apply(file, random), 1 << random.nextInt(10, 21));
                return IdxTest.gzip(ByteBuffer.wrap(bomb)
                        .putInt(4, 1024 + random.nextInt(1 << 20))
                        .putInt(8, 1024)
                        .putInt(12, 1 + random.nextInt(2))
                        .array());
            }
        };

        private static final int[] NUMBERS = {
            0, 1, 2, 4, 5, 6, 7, 30, 65536, 1 << 30, Integer.MAX_VALUE, -1, Integer.MIN_VALUE
        };

        abstract byte[] apply(byte[] file, SplittableRandom random) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedInBoundedMemory(Mutation mutation) throws IOException {
        byte[] whole = IdxTest.idx(0x0803, DIMS, ELEMENTS);
        SplittableRandom random = new SplittableRandom(mutation.name().hashCode());
        int refused = 0;
        for (int i = 0; refused < FILES; i++) {
            assertThat(i).as("files of which %d were refused", refused).isLessThan(4 * FILES);
            byte[] damaged = mutation.apply(whole, random);
            long before = threads.getCurrentThreadAllocatedBytes();
            refused += isRefused(damaged, mutation) ? 1 : 0;
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for %s %d", mutation, i)
                    .isLessThan(MAX_BYTES);
        }
    }

    private static boolean isRefused(byte[] damaged, Mutation mutation) throws IOException {
        try {
            Idx idx = Idx.read(new ByteArrayInputStream(damaged), "digits");
            // other dimensions with the same product, or a change in a meaningless byte of gzip's header
            assertThat(idx.shape().size()).isEqualTo(ELEMENTS);
            if (mutation == Mutation.DAMAGED_GZIP) {
                assertThat(idx.shape()).isEqualTo(Shape.of(6, 5, 4));
                assertThat(idx.bytes())
                        .isEqualTo(Arrays.copyOfRange(IdxTest.idx(0x0803, DIMS, ELEMENTS), HEADER, HEADER + ELEMENTS));
            }
            return false;
        } catch (IdxFormatException e) {
            assertThat(e).hasMessageContainingAll("digits: ", "\n  expected ", "\n  fix: ");
            return true;
        }
    }
}
