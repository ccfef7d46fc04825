package io.jacobi.nn.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The contents of any safetensors file, as people read them. No layer is constructed, so the layers may be unknown, and
 * a wrong hash is reported and is not an error. Texts of the file are {@linkplain FileText shown} on one line and cut,
 * so that none of them looks like a line of this class.
 */
public final class Inspection {

    /** The result of checking the hashes. */
    public enum Integrity {
        /** No bit on which the model depends has changed. */
        INTACT,
        /** At least one bit has changed. */
        DAMAGED,
        /** The file has no hash, like the files of PyTorch. */
        UNKNOWN
    }

    /** The tensor of a checkpoint that has the results of its epochs. */
    private static final String HISTORY = "history";

    /** The widest column of names, because a name in each row would be padded to the longest. */
    private static final int WIDEST = 40;

    /** The longest layer, and the longest text of another program, that is shown whole. */
    private static final int LONGEST = 2000;

    private final Path path;
    private final List<TensorInfo> tensors;
    private final Map<String, String> metadata;
    private final Optional<Description> description;
    private final Optional<RunState> run;
    private final Integrity integrity;
    private final Map<String, Long> nonFinite;

    private Inspection(Safetensors file) throws IOException {
        this.path = file.path();
        this.tensors = file.tensors();
        this.metadata = file.metadata();
        this.description =
                ModelMetadata.isDescribed(file) ? Optional.of(ModelMetadata.unverified(file)) : Optional.empty();
        this.run = ModelMetadata.isCheckpoint(file) ? Optional.of(ModelMetadata.unverifiedRun(file)) : Optional.empty();
        this.integrity = integrity(file);
        this.nonFinite = nonFinite(file);
    }

    private Map<String, Long> nonFinite(Safetensors file) throws IOException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TensorInfo tensor : tensors) {
            // the history of a run has NaN where an epoch has no result
            boolean weights = tensor.type().isWeight()
                    && !(run.isPresent() && tensor.name().equals(HISTORY));
            long count = weights ? NonFiniteCount.of(file, tensor) : 0;
            if (count > 0) {
                counts.put(tensor.name(), count);
            }
        }
        return Collections.unmodifiableMap(counts);
    }

    private Integrity integrity(Safetensors file) throws IOException {
        Optional<String> hash = description.flatMap(Description::sha256);
        if (hash.isEmpty()) {
            return Integrity.UNKNOWN;
        }
        boolean intact = ModelMetadata.areTextsIntact(description.orElseThrow(), file)
                && hash.get().equals(file.sha256());
        return intact ? Integrity.INTACT : Integrity.DAMAGED;
    }

    /**
     * Reads a file.
     *
     * @throws ModelFormatException if it is not a safetensors file, or if its description is malformed
     * @throws IOException if it cannot be read
     */
    public static Inspection of(Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return new Inspection(file);
        }
    }

    /** The tensors, in the order of the file. */
    public List<TensorInfo> tensors() {
        return tensors;
    }

    /** What Jacobi has written about the model, if it has; it is not compared with the hashes. */
    public Optional<Description> description() {
        return description;
    }

    /** Whether the hashes agree. */
    public Integrity integrity() {
        return integrity;
    }

    /**
     * The number of elements that are NaN or infinite, by the name of each tensor of F32 or F64 that has some. A model
     * of such weights can be loaded, and predicts NaN.
     */
    public Map<String, Long> nonFinite() {
        return nonFinite;
    }

    /** A table: the origin of the model, its layers, the columns that it reads if it is one of rows, and the shapes, types and bytes of the tensors. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(path + "\n");
        description.ifPresentOrElse(
                d -> appendDescription(text, d),
                () -> text.append("no description of layers\n")
                        .append(metadata.isEmpty() ? "" : "metadata " + metadataText() + "\n"));
        run.ifPresent(text::append);
        int width = tensors.stream()
                .mapToInt(t -> FileText.show(t.name()).length())
                .max()
                .orElse(0);
        String row = "  %-" + Math.min(Math.max(width, 1), WIDEST) + "s  %-4s  %-18s  %,14d bytes%n";
        text.append("tensors\n");
        for (TensorInfo t : tensors) {
            text.append(String.format(Locale.ROOT, row, FileText.show(t.name()), t.type(), t.shape(), t.bytes()));
        }
        nonFinite.forEach((name, count) -> text.append(String.format(
                Locale.ROOT,
                "  NOT FINITE: %s has %,d numbers that are NaN or infinite%n",
                FileText.show(name),
                count)));
        long bytes = tensors.stream().mapToLong(TensorInfo::bytes).sum();
        text.append(String.format(Locale.ROOT, "%,d tensors, %,d bytes; %s%n", tensors.size(), bytes, hashState()));
        return text.toString();
    }

    private String metadataText() {
        return metadata.entrySet().stream()
                .map(entry -> FileText.show(entry.getKey()) + "=" + FileText.show(entry.getValue(), LONGEST))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String hashState() {
        return switch (integrity) {
            case INTACT -> "SHA-256 agrees";
            case DAMAGED -> "SHA-256 DIFFERS: at least one bit has changed since it was written";
            case UNKNOWN -> "no SHA-256 to compare with";
        };
    }

    private static void appendDescription(StringBuilder text, Description d) {
        text.append("written by Jacobi " + FileText.show(d.version()) + ", " + DescriptionJson.NAMES.get(d.type())
                + ", seed " + d.seed() + "\n");
        text.append("layers\n  input " + d.input() + "\n");
        for (int i = 0; i < d.layers().size(); i++) {
            Description.StoredLayer layer = d.layers().get(i);
            String name = layer.name().map(n -> " \"" + FileText.show(n) + "\"").orElse("");
            text.append("  " + i + "  " + layer.layer().toString(LONGEST) + name + "\n");
        }
        if (!d.labels().isEmpty()) {
            text.append("labels " + d.labels().stream().map(FileText::show).collect(Collectors.joining(", ")) + "\n");
        }
        d.table().ifPresent(table -> text.append(TableText.of(table)));
        d.training()
                .ifPresent(t -> text.append("trained on " + FileText.show(t.dataSet()) + ", " + t.epochs()
                        + (t.epochs() == 1 ? " epoch" : " epochs") + ", seed " + t.seed() + metrics(t) + "\n"));
    }

    private static String metrics(TrainingRecord training) {
        return training.metrics().entrySet().stream()
                .map(metric ->
                        String.format(Locale.ROOT, ", %s %.4f", FileText.show(metric.getKey()), metric.getValue()))
                .collect(Collectors.joining());
    }
}
