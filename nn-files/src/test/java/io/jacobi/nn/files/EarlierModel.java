package io.jacobi.nn.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A model file that earlier code wrote. models/README.md among the resources says which code, and which model. */
public final class EarlierModel {

    private EarlierModel() {}

    /** Copies the file into a directory, and returns the path of the copy. */
    public static Path copyTo(Path directory) throws IOException {
        Path copy = directory.resolve("earlier.safetensors");
        try (InputStream in = EarlierModel.class.getResourceAsStream("/models/earlier.safetensors")) {
            Files.copy(Objects.requireNonNull(in), copy);
        }
        return copy;
    }
}
