package io.jacobi.nn.examples;

import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.tabular.TabularModel;
import java.io.IOException;
import java.nio.file.Path;

/** A model file that was loaded: a model of a table, or of images. */
final class StoredModel implements AutoCloseable {

    private final Path path;
    private final ModelFile file;

    private StoredModel(Path path, ModelFile file) {
        this.path = path;
        this.file = file;
    }

    static StoredModel load(Path path) throws IOException {
        return new StoredModel(path, ModelFile.load(path));
    }

    boolean isOfTable() {
        return file.table().isPresent();
    }

    ModelFile file() {
        return file;
    }

    /**
     * Returns the model of a table, which the caller closes.
     *
     * @throws IllegalArgumentException if it is none
     */
    TabularModel table() throws IOException {
        if (!isOfTable()) {
            throw new IllegalArgumentException(path + " is not a model of a table, because its file has no columns"
                    + "\n  expected a model that \"jacobi train --data TABLE --target COLUMN --save FILE\" stored"
                    + "\n  fix: \"jacobi inspect " + path + "\" says what it is");
        }
        return TabularModel.of(file);
    }

    @Override
    public void close() {
        file.model().close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
