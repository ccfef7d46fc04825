package io.jacobi.nn.files.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A target that is one of several classes; the model has a logit for each.
 *
 * @param classes the classes in the order of the outputs; at least two
 */
public record ClassTarget(String column, List<String> classes) implements TargetEncoding {

    public ClassTarget {
        classes = List.copyOf(classes);
        if (classes.size() < 2) {
            throw new IllegalArgumentException("The target " + TableException.quote(column) + " has the classes "
                    + TableException.list(classes) + "\n  expected at least two");
        }
        new Categories(column, classes);
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public int outputs() {
        return classes.size();
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(List<? extends @Nullable Object> cells, float[] targets, int at) {
        Object cell = cells.get(0);
        if (cell == null || Cell.isMissing(cell)) {
            throw TargetEncoding.missing(column);
        }
        for (String spelling : Cell.spellings(cell)) {
            int index = classes.indexOf(spelling);
            if (index >= 0) {
                targets[at] = index;
                return;
            }
        }
        throw TableException.inColumn(
                column,
                TableException.quote(Cell.text(cell)) + " is not one of the " + classes.size() + " classes",
                "one of " + TableException.list(classes),
                "correct the cell, or train with rows of this class");
    }

    @Override
    public Answer answer(float[] outputs) {
        double[] probabilities = Logits.softmax(outputs);
        Map<String, Double> named = new LinkedHashMap<>();
        int best = 0;
        for (int i = 0; i < probabilities.length; i++) {
            named.put(classes.get(i), probabilities[i]);
            if (outputs[i] > outputs[best]) {
                best = i;
            }
        }
        return new Answer.OfClass(classes.get(best), named);
    }
}
