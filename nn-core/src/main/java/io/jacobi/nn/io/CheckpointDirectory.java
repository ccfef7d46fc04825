package io.jacobi.nn.io;

import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where one run puts its checkpoints: {@code step-00000500.safetensors}, {@code best.safetensors}. */
public final class CheckpointDirectory {

    private static final String BEST = "best.safetensors";
    private static final String NAME = "step-%08d.safetensors";
    private static final Pattern STEP = Pattern.compile("step-(\\d{8,18})\\.safetensors");

    private final Path directory;

    private CheckpointDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * A checkpoint that can be resumed from.
     *
     * @param path where it was found
     * @param passedOver what was wrong with those that are newer
     */
    public record Found(Path path, CheckpointFile file, List<String> passedOver) {

        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** A directory that may not exist yet. */
    public static CheckpointDirectory at(Path directory) {
        return new CheckpointDirectory(directory);
    }

    /**
     * The checkpoint in this file, or the newest in this directory that is not damaged.
     *
     * @throws ModelFormatException if the file is damaged or is no checkpoint, or if the directory has none that is whole
     * @throws IOException if it cannot be read
     */
    public static Found find(Path fileOrDirectory) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? at(fileOrDirectory).newest()
                : new Found(fileOrDirectory, CheckpointFile.load(fileOrDirectory), List.of());
    }

    private Found newest() throws IOException {
        List<String> passedOver = new ArrayList<>();
        for (Path path : newestFirst()) {
            try {
                return new Found(path, CheckpointFile.load(path), passedOver);
            } catch (IOException damaged) {
                passedOver.add(String.valueOf(damaged.getMessage()));
            }
        }
        throw new ModelFormatException(
                directory + " has no checkpoint that can be loaded"
                        + passedOver.stream().map(message -> "\n" + message).reduce("", String::concat),
                "one named " + BEST + " or as " + String.format(Locale.ROOT, NAME, 0),
                "start the run anew");
    }

    /** Those of steps, then the best. */
    private List<Path> newestFirst() throws IOException {
        List<Path> files = new ArrayList<>(ofSteps());
        files.sort(Comparator.comparingLong(CheckpointDirectory::step).reversed());
        if (Files.exists(best())) {
            files.add(best());
        }
        return files;
    }

    private List<Path> ofSteps() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isOfStep(file.getFileName().toString())).toList();
        }
    }

    private static boolean isOfStep(String name) {
        return STEP.matcher(name).matches();
    }

    private static long step(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    /** Whether there is one, whole or damaged. */
    public boolean hasCheckpoints() throws IOException {
        return !newestFirst().isEmpty();
    }

    /** Makes the directory if need be, and removes what a run that was killed left unfinished in it. */
    public void prepare() throws IOException {
        Files.createDirectories(directory);
        AtomicFile.deleteUnfinished(directory, name -> name.equals(BEST) || isOfStep(name));
    }

    /** Where the best is. */
    public Path best() {
        return directory.resolve(BEST);
    }

    /** Where that of a step is. */
    public Path ofStep(long step) {
        return directory.resolve(String.format(Locale.ROOT, NAME, step));
    }

    /**
     * Deletes all checkpoints of steps but the last {@code count} up to {@code step}. Those of later steps were written before the run
     * went back to an earlier one.
     */
    public void keepLast(int count, long step) throws IOException {
        int kept = 0;
        for (Path file : newestFirst()) {
            if (file.equals(best())) {
                continue;
            }
            if (step(file) <= step && kept < count) {
                kept++;
            } else {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Whether a path is this directory or a file in it. */
    public boolean holds(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path own = directory.toAbsolutePath().normalize();
        return absolute.equals(own) || own.equals(absolute.getParent());
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
