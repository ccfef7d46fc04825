package io.jacobi.nn.io;

import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.DirectoryLock;
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

/** The directory of one run's checkpoints: {@code step-00000500.safetensors}, {@code best.safetensors}. */
public final class CheckpointDirectory {

    private static final String BEST = "best.safetensors";
    private static final String NAME = "step-%08d.safetensors";
    private static final Pattern STEP = Pattern.compile("step-(\\d{8,18})\\.safetensors");

    private final Path directory;

    private CheckpointDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * A checkpoint from which a run can be resumed.
     *
     * @param path the path of the checkpoint
     * @param passedOver the messages about newer checkpoints, which cannot be loaded
     */
    public record Found(Path path, CheckpointFile file, List<String> passedOver) {

        public Found {
            passedOver = List.copyOf(passedOver);
        }
    }

    /** Returns the directory with this path, which may not exist yet. */
    public static CheckpointDirectory at(Path directory) {
        return new CheckpointDirectory(directory);
    }

    /**
     * Loads the checkpoint in this file, or the newest undamaged checkpoint in this directory.
     *
     * @throws ModelFormatException if the file is damaged or is not a checkpoint, or if the directory has no undamaged
     *     checkpoint
     * @throws IOException if the file or the directory cannot be read
     */
    public static Found find(Path fileOrDirectory) throws IOException {
        return find(fileOrDirectory, LoadOptions.defaults());
    }

    /** Loads a checkpoint as {@link #find(Path)} does, with the layers and the memory that the options allow. */
    public static Found find(Path fileOrDirectory, LoadOptions options) throws IOException {
        return Files.isDirectory(fileOrDirectory)
                ? at(fileOrDirectory).newest(options)
                : new Found(fileOrDirectory, CheckpointFile.load(fileOrDirectory, options), List.of());
    }

    private Found newest(LoadOptions options) throws IOException {
        List<String> passedOver = new ArrayList<>();
        for (Path path : newestFirst()) {
            try {
                return new Found(path, CheckpointFile.load(path, options), passedOver);
            } catch (IOException damaged) {
                passedOver.add(String.valueOf(damaged.getMessage()));
            }
        }
        throw new ModelFormatException(
                directory + " has no checkpoint that can be loaded"
                        + passedOver.stream().map(message -> "\n" + message).reduce("", String::concat),
                "a file named " + BEST + " or like " + String.format(Locale.ROOT, NAME, 0),
                "start a new run");
    }

    /** The checkpoints of steps, the newest first, then the best checkpoint. */
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

    /** Whether the directory has a checkpoint, even a damaged one. */
    public boolean hasCheckpoints() throws IOException {
        return !newestFirst().isEmpty();
    }

    /**
     * Reserves the directory for one run, in all processes. It is created if it does not exist.
     *
     * @throws IllegalStateException if another run has reserved it
     * @throws IOException if it cannot be created or written to
     */
    public DirectoryLock lock() throws IOException {
        return DirectoryLock.of(directory);
    }

    /** Deletes unfinished files of killed runs in the directory, which is {@linkplain #lock locked}. */
    public void prepare() throws IOException {
        AtomicFile.deleteUnfinished(directory, name -> name.equals(BEST) || isOfStep(name));
    }

    /** The path of the best checkpoint. */
    public Path best() {
        return directory.resolve(BEST);
    }

    /** The path of the checkpoint of a step. */
    public Path ofStep(long step) {
        return directory.resolve(String.format(Locale.ROOT, NAME, step));
    }

    /**
     * Deletes all checkpoints of steps except the last {@code count} up to {@code step}. Checkpoints of later steps
     * were written before the run went back to an earlier step, and are deleted too.
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

    /** Whether the directory exists. */
    public boolean exists() {
        return Files.isDirectory(directory);
    }

    /** The absolute path of the directory. */
    public Path path() {
        return directory.toAbsolutePath().normalize();
    }

    /** Whether a path is this directory or a file directly in it. */
    public boolean holds(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path own = path();
        return absolute.equals(own) || own.equals(absolute.getParent());
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
