package io.jacobi.nn.model;

import java.util.List;
import java.util.Locale;

/** Prints a model as a table. */
final class Summary {

    private Summary() {}

    static String of(Sequential model, List<LayerPlan> plans) {
        int width = plans.stream().mapToInt(p -> p.label().length()).max().orElse(0);
        String row = "%5s  %-" + Math.max(width, 5) + "s  %-16s  %12s  %12s%n";
        StringBuilder table = new StringBuilder();
        int bytesEach = model.dataType().width();
        table.append(line(row, "", "layer", "output", "parameters", "bytes"));
        table.append(line(row, "", "input", model.inputShape(), "", ""));
        for (LayerPlan plan : plans) {
            long count = plan.parameterCount();
            table.append(
                    line(row, plan.index(), plan.label(), plan.output(), number(count), number(count * bytesEach)));
        }
        long total = model.parameterCount();
        table.append(line(row, "", "total", "", number(total), number(total * bytesEach)));
        table.append(String.format(
                Locale.ROOT,
                "%s, seed %d; buffers for one example: %s bytes to predict, %s to train%n",
                model.dataType(),
                model.seed(),
                number(Workspace.bytesPerExample(model, false)),
                number(Workspace.bytesPerExample(model, true))));
        return table.toString();
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }

    private static String number(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
