package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs commands on a small data set in MNIST's format. */
abstract class CommandTest {

    private static final int CLASSES = 10;

    @TempDir
    Path directory;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void writeData() throws IOException {
        write("train", 300);
        write("t10k", 100);
    }

    /** Images with some noise, in which the one bright pixel gives the class. */
    private void write(String prefix, int count) throws IOException {
        Random random = new Random(prefix.hashCode());
        ByteBuffer images = ByteBuffer.allocate(16 + count * 16)
                .putInt(0x0803)
                .putInt(count)
                .putInt(4)
                .putInt(4);
        ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x0801).putInt(count);
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(CLASSES);
            labels.put((byte) label);
            for (int pixel = 0; pixel < 16; pixel++) {
                images.put((byte) (pixel == label ? 255 : random.nextInt(60)));
            }
        }
        Files.write(directory.resolve(prefix + "-images-idx3-ubyte"), images.array());
        Files.write(directory.resolve(prefix + "-labels-idx1-ubyte"), labels.array());
    }

    int run(String... args) {
        CommandLine commandLine = Jacobi.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    /** Runs {@code mnist} on the small set with a small network, unless {@code more} overrides either. */
    int train(String... more) {
        List<String> args = new ArrayList<>(List.of("mnist"));
        Map<String, String> defaults = Map.of("--data", directory.toString(), "--hidden", "32", "--batch", "16");
        defaults.forEach((option, value) -> {
            if (!List.of(more).contains(option)) {
                args.addAll(List.of(option, value));
            }
        });
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    /**
     * Writes a table of flats: the price is about 3,000 for a square metre, and the kind follows from the area.
     *
     * @return its path
     */
    Path flats(String name, int rows) throws IOException {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("id,area,city,kind,price\n");
        for (int i = 0; i < rows; i++) {
            double area = 20 + 100 * random.nextDouble();
            csv.append(String.format(
                    Locale.ROOT,
                    "f%d,%.1f,%s,%s,%.0f%n",
                    i,
                    area,
                    random.nextBoolean() ? "Bern" : "Basel",
                    area < 50 ? "small" : area < 90 ? "medium" : "large",
                    3000 * area + 9000 * random.nextGaussian()));
        }
        return Files.writeString(directory.resolve(name), csv);
    }

    /** Runs {@code train} on a table with a small network for a few epochs, and fails if the command does. */
    Path trained(Path table, String target, String... more) {
        Path model = directory.resolve(target + ".safetensors");
        List<String> args = new ArrayList<>(
                List.of("train", "--data", table.toString(), "--target", target, "--save", model.toString()));
        Map<String, String> defaults = Map.of("--hidden", "16", "--epochs", "40", "--threads", "1");
        defaults.forEach((option, value) -> {
            if (!List.of(more).contains(option)) {
                args.addAll(List.of(option, value));
            }
        });
        args.addAll(List.of(more));
        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
        return model;
    }

    /** What was printed since the last call. */
    String printed() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }
}
