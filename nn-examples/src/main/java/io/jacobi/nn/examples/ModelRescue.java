package io.jacobi.nn.examples;

import io.jacobi.nn.io.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Stores a trained model, in another directory if its own place fails: a training must not be lost to a full disk. */
final class ModelRescue {

    private ModelRescue() {}

    /**
     * Where a model was stored.
     *
     * @param problem why it is not in the place that was chosen, if it is not
     */
    record Stored(Path path, Optional<String> problem) {}

    /** The directories that are tried after the chosen one: the working directory and the one for temporary files. */
    static List<Path> otherDirectories() {
        return List.of(Path.of(""), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Stores the model in this file, or else under the same name in the first directory where that succeeds. No other
     * file is replaced there.
     *
     * @throws IOException if it cannot be stored anywhere; the message has the reason for each place
     */
    static Stored store(ModelFile model, Path file, List<Path> elsewhere) throws IOException {
        try {
            model.save(file);
            return new Stored(file, Optional.empty());
        } catch (IOException first) {
            StringBuilder problems = new StringBuilder(String.valueOf(first.getMessage()));
            for (Path directory : elsewhere) {
                try {
                    Path other = unused(directory, file.getFileName().toString());
                    model.save(other);
                    return new Stored(other, Optional.of(problems.toString()));
                } catch (IOException next) {
                    problems.append('\n').append(next.getMessage());
                }
            }
            throw new IOException(problems.toString(), first);
        }
    }

    /** Returns a path in the directory where there is no file yet: the name, or the name with a number before its end. */
    private static Path unused(Path directory, String name) {
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        Path path = directory.resolve(name);
        for (int i = 2; Files.exists(path); i++) {
            path = directory.resolve(name.substring(0, end) + "-" + i + name.substring(end));
        }
        return path.toAbsolutePath();
    }
}
