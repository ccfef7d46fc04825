package io.jacobi.nn.examples;

import io.jacobi.nn.files.FileText;
import io.jacobi.nn.metric.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The most frequent errors of a classifier, where a matrix of all classes would be too wide. */
final class Confusions {

    private static final int MOST = 10;

    private Confusions() {}

    private record Pair(String actual, String predicted, long count) {}

    static String of(ConfusionMatrix matrix) {
        List<Pair> pairs = new ArrayList<>();
        for (int actual = 0; actual < matrix.classes(); actual++) {
            for (int predicted = 0; predicted < matrix.classes(); predicted++) {
                if (actual != predicted && matrix.count(actual, predicted) > 0) {
                    pairs.add(new Pair(
                            matrix.labels().get(actual),
                            matrix.labels().get(predicted),
                            matrix.count(actual, predicted)));
                }
            }
        }
        pairs.sort(Comparator.comparingLong(pair -> -pair.count()));
        StringBuilder text = new StringBuilder("the most frequent errors of " + matrix.classes() + " classes");
        pairs.stream()
                .limit(MOST)
                .forEach(pair -> text.append("\n  ")
                        .append(pair.count())
                        .append(" times ")
                        .append(FileText.show(pair.actual()))
                        .append(" was taken for ")
                        .append(FileText.show(pair.predicted())));
        return text.append(pairs.isEmpty() ? "\n  none" : "").toString();
    }
}
